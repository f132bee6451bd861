"""Event bus: counters and latencies."""

import reflex as rx

from ops_dashboard.sections.figures_panel import figures_panel
from ops_dashboard.state.sections import EventsState


def event_bus_monitor() -> rx.Component:
    """The region "Event bus"."""
    return figures_panel("Event bus", "events", EventsState.view)
