"""Workers: count, health, queue."""

import reflex as rx

from ops_dashboard.sections.figures_panel import figures_panel
from ops_dashboard.state.sections import WorkersState


def worker_monitor() -> rx.Component:
    """The region "Workers"."""
    return figures_panel("Workers", "workers", WorkersState.view)
