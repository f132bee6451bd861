"""The last hand on a body: the scenario's, then the operator's."""

from typing import Any

from ops_dashboard.demo.empty import EMPTY
from ops_dashboard.demo.faults import Fault
from ops_dashboard.demo.hostile.answers import OF_RANGES
from ops_dashboard.demo.hostile.bodies import HOSTILE
from ops_dashboard.demo.simulation import Simulation


def shaped(simulation: Simulation, call: str, body: Any) -> Any:
    """``body`` of ``call`` as it is sent: empty or spoilt if the scenario says so, with overrides on top."""
    kind = simulation.timeline.current.scenario.bodies
    if kind == "empty" and call in EMPTY and isinstance(body, dict):
        body = {**body, **EMPTY[call]}
    elif kind == "hostile" and call in HOSTILE:
        body = HOSTILE[call](body)
    return simulation.overridden(call, body)


def ranged_fault(simulation: Simulation, call: str, time_range: str) -> Fault | None:
    """The fault that the scenario puts on the calls that ask for this time range."""
    if simulation.timeline.current.scenario.bodies != "hostile":
        return None
    kind = OF_RANGES.get((call, time_range))
    return Fault(kind) if kind else None
