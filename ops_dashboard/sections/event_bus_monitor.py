"""Event bus: counters and latencies, how events are spread over their types, and the latest of them."""

import reflex as rx

from ops_dashboard.sections.figures_panel import CHARTS, figures_panel
from ops_dashboard.sections.history_chart import history_chart
from ops_dashboard.state.sections import EventsState
from ops_dashboard.ui.bar_list import bar_list
from ops_dashboard.ui.data_table import data_table
from ops_dashboard.ui.disclosure import disclosure
from ops_dashboard.ui.event_timeline import event_timeline

_VIEW = EventsState.view


def event_bus_monitor() -> rx.Component:
    """The region "Event bus"."""
    return figures_panel(
        "Event bus",
        "events",
        _VIEW,
        rx.el.div(
            history_chart(_VIEW.charts[0], 110, compact=True),
            history_chart(_VIEW.charts[1], 110, compact=True),
            class_name=CHARTS,
        ),
        rx.el.div(
            rx.el.h3("Events by type", class_name="mb-1 text-xs font-medium"),
            bar_list(_VIEW.types, "min-h-30"),
            disclosure(
                rx.el.div(data_table(_VIEW.all_types, height=220), class_name="pt-1"),
                trigger=["Exact counts of all types"],
                trigger_class="text-xs text-muted",
            ),
        ),
        event_timeline(_VIEW.latest, height=220),
    )
