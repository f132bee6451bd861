"""Ingestion: jobs and the edge worker."""

import reflex as rx

from ops_dashboard.sections.figures_panel import figures_panel
from ops_dashboard.state.sections import IngestionState


def ingestion_queue() -> rx.Component:
    """The region "Ingestion"."""
    return figures_panel("Ingestion", "ingestion", IngestionState.view)
