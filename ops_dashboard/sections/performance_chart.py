"""Performance: response times, rates, the backend's process."""

import reflex as rx

from ops_dashboard.sections.figures_panel import figures_panel
from ops_dashboard.state.sections import PerformanceState


def performance_chart() -> rx.Component:
    """The region "Performance"."""
    return figures_panel("Performance", "performance", PerformanceState.view)
