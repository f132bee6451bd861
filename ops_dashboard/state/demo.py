"""The demo's scenario, chosen from the page. Without the embedded demo it does nothing."""

import reflex as rx

from ops_dashboard.demo.scenarios import SCENARIOS
from ops_dashboard.domain.audit import DEMO_SCENARIO, AuditEntry
from ops_dashboard.monitor.service import monitor
from ops_dashboard.state.access import allowed
from ops_dashboard.state.session import who


class DemoState(rx.State):
    """Holds nothing: the scenario is the simulation's own."""

    @rx.event(background=True)  # else the tab would stand still until the last answer is there
    @allowed("operator")
    async def choose(self, scenario: str) -> None:
        """Play another scenario and read its first answers at once; an unknown name changes nothing."""
        simulation = monitor().simulation
        if simulation is not None and isinstance(scenario, str) and scenario in SCENARIOS:
            before, simulation.scenario = simulation.scenario, scenario
            monitor().audit.note(
                AuditEntry(
                    monitor().collector.now(),
                    who(self),
                    DEMO_SCENARIO,
                    scenario,
                    "done",
                    f"It played {before} before.",
                )
            )
            await monitor().collector.refresh()
