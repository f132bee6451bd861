"""Sparse embeddings: what this backend offers."""

import reflex as rx

from ops_dashboard.sections.figures_panel import figures_panel
from ops_dashboard.state.sections import EmbeddingsState


def sparse_embedding_generator() -> rx.Component:
    """The region "Sparse embeddings"."""
    return figures_panel("Sparse embeddings", "embeddings", EmbeddingsState.view)
