"""Recommendation quality: accuracy, clicks, ratings."""

import reflex as rx

from ops_dashboard.sections.figures_panel import figures_panel
from ops_dashboard.state.sections import RecommendationsState


def recommendation_quality() -> rx.Component:
    """The region "Recommendation quality"."""
    return figures_panel("Recommendation quality", "recommendations", RecommendationsState.view)
