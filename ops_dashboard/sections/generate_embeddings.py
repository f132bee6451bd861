"""Generating sparse embeddings: the button, the dialog that asks, the run under way, and what came of it."""

import reflex as rx

from ops_dashboard.sections.barred import why_barred
from ops_dashboard.sections.confirmed_action import ConfirmedAction
from ops_dashboard.state.dialogs import GENERATE_EMBEDDINGS, DialogsState
from ops_dashboard.state.embedding_actions import EmbeddingActionsState
from ops_dashboard.state.sections import EmbeddingsState
from ops_dashboard.ui.dialog import dialog
from ops_dashboard.ui.run_progress import run_progress
from ops_dashboard.ui.text_field import text_field

_VIEW = EmbeddingsState.view
_STATE = EmbeddingActionsState
_FIELD = "embeddings-batch"
_RUNNING = _VIEW.action.state == "running"
_GENERATE = ConfirmedAction(
    "generate-embeddings",
    GENERATE_EMBEDDINGS,
    _VIEW.action,
    _STATE,
    why_not=why_barred(
        rx.cond(_RUNNING, "A run is under way: one at a time is generated.", _VIEW.action.barred)
    ),
)


def generate_embeddings() -> rx.Component:
    """The button, why it cannot be used if so, and for every tab the run under way or the result of the last."""
    why_not = rx.el.p(
        _GENERATE.why_not,
        id=_GENERATE.why_id,
        class_name=rx.cond(_RUNNING, "sr-only", "min-w-0 text-xs text-muted break-words"),
    )
    return rx.el.div(
        _GENERATE.opener("Generate embeddings", "sparkles", why_not_shown=why_not),
        run_progress("Progress of the sparse embeddings", _VIEW.progress),
        class_name="grid gap-2 border-t border-line pt-3",
    )


def generate_embeddings_dialog() -> rx.Component:
    """The dialog "Generate sparse embeddings"; place it once per page."""
    return dialog(
        "Generate sparse embeddings",
        rx.cond(_GENERATE.why_not == "", _what_will_run(), rx.el.p(_GENERATE.why_not)),
        open=DialogsState.open_dialog == GENERATE_EMBEDDINGS,
        on_open_change=DialogsState.close,
        opener_id=_GENERATE.button_id,
        footer=_GENERATE.confirmation("Generate", "primary", _STATE.start),
    )


def _what_will_run() -> rx.Component:
    return rx.el.div(
        rx.el.p(
            "The sparse embeddings of all resources are generated,",
            rx.cond(
                (_STATE.batch != "") & (_STATE.problem == ""),
                rx.fragment(" in batches of ", rx.el.strong(_STATE.batch), "."),
                " in batches of the backend's choice.",
            ),
        ),
        rx.el.div(
            text_field(
                "Batch size (optional)",
                field_id=_FIELD,
                name="batch_size",
                value=_STATE.batch,
                unit="resources",
                problem=_STATE.problem,
                on_blur=_STATE.set_batch,
            ),
            class_name="max-w-60",
        ),
        rx.el.ul(
            rx.foreach(_VIEW.plan, lambda sentence: rx.el.li(sentence)),
            rx.el.li("The request is sent once. While the run goes on, no second one is started."),
            rx.el.li("The run belongs to the server: this page can be closed."),
            class_name="grid list-disc gap-1 pl-4 text-muted break-words [overflow-wrap:anywhere]",
        ),
        class_name="grid gap-3",
    )
