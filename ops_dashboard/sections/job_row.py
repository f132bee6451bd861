"""One job as a row of the history."""

import reflex as rx
from reflex.vars import ObjectVar

from ops_dashboard.domain.views.jobs import JobRow
from ops_dashboard.sections.barred import why_barred
from ops_dashboard.state.job_actions import JobActionsState
from ops_dashboard.ui import classes
from ops_dashboard.ui.badge import badge
from ops_dashboard.ui.button import button_class
from ops_dashboard.ui.disclosure import disclosure
from ops_dashboard.ui.icons import dashed_question, icon
from ops_dashboard.ui.time import time
from ops_dashboard.ui.tooltip import tooltip

_COLOURS = (
    ("completed", "text-ok"),
    ("failed", "text-crit"),
    ("processing", "text-info"),
)
_RUN_COLOURS = (("failed", "text-crit"), ("unknown", "text-warn"))
_NAME = "max-w-36 [overflow-wrap:anywhere] sm:max-w-64 sm:truncate 2xl:max-w-80"
"""How wide a name may be: it wraps where there is little room, and else the whole of it is shown on hover."""


def job_row(row: ObjectVar[JobRow]) -> rx.Component:
    """Repository with error and action, status, times, amounts, worker, and what can be done about it."""
    return rx.el.tr(
        rx.el.th(
            rx.el.span(row.repo, title=row.repo, class_name=f"block font-medium {_NAME}"),
            rx.cond(
                row.id != "",
                rx.el.span(row.id, title=row.id, class_name=f"block text-xs text-muted {_NAME}"),
            ),
            rx.cond(row.error != "", _error(row)),
            rx.cond(row.run.state != "idle", _run(row)),
            scope="row",
            class_name="py-1.5 pr-2 text-left font-normal",
        ),
        _cell(_status(row)),
        _cell(_moment(rx.cond(row.submitted_at > 0, row.submitted_at, row.told_at))),
        _cell(_moment(row.started_at)),
        _cell(_duration(row), number=True),
        _cell(_text(row.files), number=True),
        _cell(_text(row.embeddings), number=True),
        _cell(_text(row.worker)),
        rx.el.td(_action(row), class_name="sticky right-0 bg-surface py-1.5 pl-2 text-right"),
        key=row.key,
        custom_attrs={"data-job": row.key, "data-repo": row.repo, "data-status": row.status},
        class_name="align-top",
    )


def _cell(*children: rx.Component, number: bool = False) -> rx.Component:
    return rx.el.td(
        *children,
        class_name=f"px-2 py-1.5 text-xs leading-5 whitespace-nowrap {'text-right' if number else ''}",
    )


def _error(row: ObjectVar[JobRow]) -> rx.Component:
    return disclosure(
        rx.el.p(row.error, class_name="max-w-36 pb-1 pl-5.5 text-xs [overflow-wrap:anywhere] sm:max-w-96"),
        trigger=[rx.el.span("Error: ", row.error, class_name="max-w-28 min-w-0 truncate sm:max-w-64")],
        trigger_class="text-xs text-crit",
    )


def _run(row: ObjectVar[JobRow]) -> rx.Component:
    """The action on this job: under way, or what came of it."""
    run = row.run
    return rx.el.p(
        rx.match(
            run.state,
            ("running", icon("loader-circle", 14, "mr-1 inline motion-safe:animate-spin")),
            ("failed", icon("octagon-alert", 14, "mr-1 inline")),
            ("unknown", dashed_question(14, "mr-1 inline")),
            icon("circle-check", 14, "mr-1 inline"),
        ),
        rx.el.strong(run.word, class_name="font-medium"),
        rx.cond(run.state == "running", "", rx.fragment(". ", run.sentence, " ", run.advice)),
        custom_attrs={"data-run": run.state},
        class_name=[
            "max-w-36 text-xs [overflow-wrap:anywhere] sm:max-w-96",
            rx.match(run.state, *_RUN_COLOURS, "text-muted"),
        ],
    )


def _status(row: ObjectVar[JobRow]) -> rx.Component:
    return rx.fragment(
        rx.el.span(
            rx.match(
                row.status,
                ("pending", icon("clock", 14)),
                ("processing", icon("loader-circle", 14, "motion-safe:animate-spin")),
                ("completed", icon("circle-check", 14)),
                ("failed", icon("octagon-alert", 14)),
                ("skipped", icon("skip-forward", 14)),
                ("cancelled", icon("circle-slash", 14)),
                dashed_question(14),
            ),
            row.word,
            class_name=[
                "inline-flex items-center gap-1.5 font-medium",
                rx.match(row.status, *_COLOURS, "text-muted"),
            ],
        ),
        rx.cond(
            row.stuck != "",
            rx.el.p(
                badge("stuck", tone="warn"),
                rx.el.span(row.stuck, class_name="block text-muted"),
                class_name="max-w-40 whitespace-normal",
            ),
        ),
    )


def _moment(at: rx.Var[float]) -> rx.Component:
    return rx.cond(at > 0, time(at, "absolute"), _nothing())


def _duration(row: ObjectVar[JobRow]) -> rx.Component:
    """Counting up by the browser's clock while it runs."""
    return rx.cond(
        row.running & (row.started_at > 0),
        rx.el.span(time(row.started_at, "age"), custom_attrs={"data-live": True}),
        _text(row.duration_text),
    )


def _text(text: rx.Var[str]) -> rx.Component:
    return rx.cond(
        text != "",
        rx.el.span(text, title=text, class_name="inline-block max-w-32 truncate align-bottom"),
        _nothing(),
    )


def _nothing() -> rx.Component:
    return rx.el.span(
        rx.el.span("–", aria_hidden=True),
        rx.el.span("not known", class_name="sr-only"),
        class_name="text-muted",
    )


def _action(row: ObjectVar[JobRow]) -> rx.Component:
    """One button for both actions: it keeps the focus when the job that it cancelled can be indexed again."""
    is_open = (row.status == "pending") | (row.status == "processing")
    is_over = (row.status == "failed") | (row.status == "cancelled")
    word = rx.cond(is_open, "Cancel", "Re-index")
    why_not = why_barred(rx.cond(is_open, row.cancel, row.reindex))
    return rx.cond(
        is_open | is_over,
        tooltip(
            rx.el.button(
                word,
                type="button",
                on_click=rx.cond(
                    why_not != "",
                    rx.noop(),
                    rx.cond(
                        is_open,
                        JobActionsState.ask_cancel(row.key),
                        JobActionsState.reindex(row.key).temporal,
                    ),
                ),
                aria_label=f"{word} {row.repo}",
                custom_attrs={"aria-disabled": why_not != "", "aria-description": why_not},
                class_name=button_class(size="sm", extra=classes.DIMMED),
            ),
            rx.cond(why_not != "", why_not, rx.cond(is_open, "Cancel this job", "Send the repository again")),
        ),
    )
