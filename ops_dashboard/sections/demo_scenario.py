"""Says plainly that the page shows demo data, and lets one choose what it plays."""

import reflex as rx

from ops_dashboard.demo.scenarios import SCENARIOS
from ops_dashboard.sections.barred import IS_BARRED
from ops_dashboard.state.demo import DemoState
from ops_dashboard.state.sections import ShellState
from ops_dashboard.ui.badge import badge
from ops_dashboard.ui.select import select


def demo_scenario() -> rx.Component:
    """The mark "Demo data" and the choice of scenario."""
    return rx.el.div(
        badge("Demo data", tone="info"),
        select(
            "Demo scenario",
            ShellState.view.scenario,
            [(name, name) for name in SCENARIOS],
            DemoState.choose,
            disabled=IS_BARRED,
        ),
        class_name="flex items-center gap-2",
    )
