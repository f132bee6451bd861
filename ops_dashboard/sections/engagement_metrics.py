"""User engagement in the last 24 hours."""

import reflex as rx

from ops_dashboard.sections.figures_panel import figures_panel
from ops_dashboard.state.sections import EngagementState


def engagement_metrics() -> rx.Component:
    """The region "User engagement"."""
    return figures_panel("User engagement", "engagement", EngagementState.view)
