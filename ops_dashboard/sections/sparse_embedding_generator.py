"""Sparse embeddings: what this backend offers, generating them, and the runs so far."""

import reflex as rx

from ops_dashboard.sections.figures_panel import figures_panel
from ops_dashboard.sections.generate_embeddings import generate_embeddings
from ops_dashboard.state.sections import EmbeddingsState
from ops_dashboard.ui.data_table import data_table
from ops_dashboard.ui.icons import icon
from ops_dashboard.ui.time import time

_VIEW = EmbeddingsState.view


def sparse_embedding_generator() -> rx.Component:
    """The region "Sparse embeddings"."""
    return figures_panel(
        "Sparse embeddings",
        "embeddings",
        _VIEW,
        _last_run(),
        generate_embeddings(),
        rx.el.div(_unkept(), data_table(_VIEW.runs, height=300), class_name="grid gap-2"),
    )


def _last_run() -> rx.Component:
    last = _VIEW.last
    return rx.cond(
        last.at > 0,
        rx.el.p(
            "Last run started ",
            time(last.at, "both"),
            rx.el.span(" · by ", last.by, " · ", last.what),
            class_name="text-xs text-muted [overflow-wrap:anywhere]",
        ),
    )


def _unkept() -> rx.Component:
    return rx.cond(
        _VIEW.unkept != "",
        rx.el.p(
            icon("triangle-alert", 14, "mt-px text-warn"),
            rx.el.span("These runs are not kept over a restart: ", _VIEW.unkept),
            class_name="flex items-start gap-1.5 text-xs [overflow-wrap:anywhere]",
        ),
    )
