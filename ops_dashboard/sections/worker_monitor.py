"""Workers: count, health, queue, rate, failures, and each worker by itself."""

import reflex as rx

from ops_dashboard.sections.figures_panel import figures_panel
from ops_dashboard.sections.history_chart import history_chart
from ops_dashboard.state.sections import WorkersState
from ops_dashboard.ui.data_table import data_table

_VIEW = WorkersState.view


def worker_monitor() -> rx.Component:
    """The region "Workers"."""
    return figures_panel(
        "Workers",
        "workers",
        _VIEW,
        rx.el.div(
            *(history_chart(_VIEW.charts[place], 110, compact=True) for place in range(4)),
            class_name="grid gap-4 sm:grid-cols-2 2xl:grid-cols-4",
        ),
        data_table(_VIEW.workers, height=190),
    )
