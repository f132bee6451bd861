"""What is asked before jobs are cancelled, or indexed again all together."""

import reflex as rx
from reflex.vars import ObjectVar

from ops_dashboard.domain.views.jobs import JobRow
from ops_dashboard.sections.job_history import REINDEX_FAILED_BUTTON
from ops_dashboard.state.dialogs import DialogsState
from ops_dashboard.state.job_actions import CANCEL_JOB, REINDEX_FAILED, JobActionsState
from ops_dashboard.ui.button import button
from ops_dashboard.ui.dialog import dialog
from ops_dashboard.ui.time import time

_ASKED = JobActionsState.asked
_MOST_NAMED = 10


def cancel_job_dialog() -> rx.Component:
    """The dialog "Cancel job", which names the job; place it once per page."""
    runs = _ASKED.status == "processing"
    return dialog(
        "Cancel job",
        rx.el.p(rx.el.strong(_ASKED.repo, class_name="font-semibold [overflow-wrap:anywhere]")),
        rx.el.p(
            rx.cond(_ASKED.id != "", f"{_ASKED.id} · ", ""),
            _ASKED.word,
            rx.cond(
                runs & (_ASKED.started_at > 0),
                rx.fragment(" for ", time(_ASKED.started_at, "age")),
                rx.cond(
                    _ASKED.submitted_at > 0, rx.fragment(" since ", time(_ASKED.submitted_at, "absolute"))
                ),
            ),
            class_name="text-xs text-muted [overflow-wrap:anywhere]",
        ),
        rx.cond(_ASKED.stuck != "", rx.el.p(_ASKED.stuck, class_name="mt-1 text-xs text-warn")),
        rx.el.p(
            rx.cond(
                runs,
                "The worker stops it; what it has done so far may be lost.",
                "It leaves the queue before anything is done.",
            ),
            " The repository can be indexed again later.",
            class_name="mt-3 text-muted",
        ),
        open=DialogsState.open_dialog == CANCEL_JOB,
        on_open_change=DialogsState.close,
        footer=rx.fragment(
            button("Keep it", on_click=DialogsState.close(False)),
            button("Cancel job", variant="danger", on_click=JobActionsState.cancel.temporal),
        ),
    )


def reindex_failed_dialog() -> rx.Component:
    """The dialog "Re-index failed jobs"; place it once per page."""
    many = JobActionsState.failed.length()
    return dialog(
        "Re-index failed jobs",
        rx.el.p("These repositories are sent again, one after the other:", class_name="text-xs text-muted"),
        rx.el.ul(
            rx.foreach(JobActionsState.failed[:_MOST_NAMED], _named),
            class_name="mt-1 grid list-disc gap-1 pl-4 [overflow-wrap:anywhere]",
        ),
        rx.cond(many > _MOST_NAMED, rx.el.p(f"and {many - _MOST_NAMED} more.", class_name="mt-1 text-muted")),
        rx.el.p(
            "Repositories that were submitted again since are left out. When the queue is full, the rest is not sent.",
            class_name="mt-3 text-muted",
        ),
        open=DialogsState.open_dialog == REINDEX_FAILED,
        on_open_change=DialogsState.close,
        opener_id=REINDEX_FAILED_BUTTON,
        footer=rx.fragment(
            button("Cancel", on_click=DialogsState.close(False)),
            button(f"Re-index {many}", variant="primary", on_click=JobActionsState.reindex_failed.temporal),
        ),
    )


def _named(row: ObjectVar[JobRow]) -> rx.Component:
    return rx.el.li(
        row.repo, rx.cond(row.error != "", rx.el.span(f": {row.error}", class_name="text-muted")), key=row.key
    )
