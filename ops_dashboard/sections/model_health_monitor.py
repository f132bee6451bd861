"""ML models: loaded or not, how fast."""

import reflex as rx

from ops_dashboard.sections.figures_panel import figures_panel
from ops_dashboard.state.sections import ModelsState


def model_health_monitor() -> rx.Component:
    """The region "ML models"."""
    return figures_panel("ML models", "models", ModelsState.view)
