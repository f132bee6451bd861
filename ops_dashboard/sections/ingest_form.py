"""Submitting a repository: the field, what will be sent, what came of it, and the last submissions."""

import reflex as rx
from reflex.vars import ObjectVar

from ops_dashboard.domain.views.jobs import JobsView, Submission
from ops_dashboard.sections.barred import why_barred
from ops_dashboard.state.ingest_form import FIELD, IngestFormState
from ops_dashboard.ui import classes
from ops_dashboard.ui.button import button_class
from ops_dashboard.ui.icons import dashed_question, icon
from ops_dashboard.ui.text_field import INPUT
from ops_dashboard.ui.time import time

_STATE = IngestFormState
_HINT, _PROBLEM, _WHY = f"{FIELD}-hint", f"{FIELD}-problem", f"{FIELD}-why"
_COLOURS = (("done", "text-ok"), ("failed", "text-crit"), ("unknown", "text-warn"))
_LONGEST = 4_096
"""Longer than any address that is accepted: one that is too long is to be told so, not cut."""


def ingest_form(jobs: ObjectVar[JobsView]) -> rx.Component:
    """The form, and below it the last five submissions of all tabs."""
    barred = why_barred(jobs.ingest.barred)
    return rx.el.div(
        rx.el.form(
            rx.el.label("Ingest a repository", html_for=FIELD, class_name="text-xs font-medium"),
            rx.el.div(
                rx.el.input(
                    id=FIELD,
                    name="repository",
                    on_blur=_STATE.check,
                    read_only=_STATE.is_sending,
                    placeholder="github.com/owner/repository",
                    auto_complete="off",
                    auto_capitalize="off",
                    spell_check=False,
                    max_length=_LONGEST,
                    custom_attrs={
                        "aria-invalid": _STATE.problem != "",
                        "aria-describedby": f"{_PROBLEM} {_HINT}",
                    },
                    class_name=classes.join(INPUT, "h-8 w-full grow basis-48"),
                ),
                rx.el.button(
                    rx.cond(_STATE.is_sending, "Queueing…", "Ingest"),
                    type="submit",
                    custom_attrs={
                        "aria-disabled": _STATE.is_sending | (barred != ""),
                        "aria-describedby": _WHY,
                    },
                    class_name=button_class("primary", extra=classes.DIMMED),
                ),
                class_name="flex gap-2",
            ),
            rx.el.p(_STATE.problem, id=_PROBLEM, class_name="text-xs text-crit empty:hidden"),
            rx.el.p(
                rx.cond(
                    _STATE.sends != "",
                    rx.fragment("Will be sent as ", rx.el.code(_STATE.sends, class_name="font-mono text-fg")),
                    "An https, git or ssh address, or host/owner/repository.",
                ),
                id=_HINT,
                class_name="text-xs text-muted [overflow-wrap:anywhere]",
            ),
            rx.el.p(barred, id=_WHY, class_name="text-xs text-muted empty:hidden"),
            # Stands there before it speaks, and speaks once: what is typed wrong is tied to the field instead.
            rx.el.div(
                rx.cond(
                    _STATE.already != "", _notice("text-warn", icon("triangle-alert", 14), _STATE.already)
                ),
                rx.cond(_STATE.told != "", _result()),
                role="status",
                custom_attrs={"data-ingest-state": _STATE.state},
                class_name="grid gap-1 empty:hidden",
            ),
            on_submit=_STATE.submit.temporal,  # while it is barred it is told why
            reset_on_submit=False,
            no_validate=True,
            class_name="grid grid-cols-[minmax(0,1fr)] content-start gap-1",
        ),
        rx.cond(jobs.submissions.length() > 0, _submissions(jobs)),
        class_name="grid grid-cols-[minmax(0,1fr)] content-start gap-3",
    )


def _notice(colour: rx.Var[str] | str, mark: rx.Component, text: rx.Var[str]) -> rx.Component:
    return rx.el.p(
        rx.el.span(mark, class_name=f"mt-px inline-flex {colour}"),
        rx.el.span(text, class_name="min-w-0 [overflow-wrap:anywhere]"),
        class_name="flex items-start gap-1.5 text-xs",
    )


def _mark(state: rx.Var[str]) -> rx.Component:
    return rx.match(
        state,
        ("done", icon("circle-check", 14)),
        ("failed", icon("octagon-alert", 14)),
        ("unknown", dashed_question(14)),
        ("ended", icon("circle-slash", 14)),
        icon("loader-circle", 14, "motion-safe:animate-spin"),
    )


def _result() -> rx.Component:
    return _notice(rx.match(_STATE.state, *_COLOURS, "text-muted"), _mark(_STATE.state), _STATE.told)


def _submissions(jobs: ObjectVar[JobsView]) -> rx.Component:
    return rx.el.div(
        rx.el.h3("Last submissions", class_name="text-xs font-medium"),
        rx.el.ul(
            rx.foreach(jobs.submissions, _submission),
            aria_label="Last submissions",
            class_name="mt-1 grid grid-cols-[minmax(0,1fr)] gap-1",
        ),
    )


def _submission(each: ObjectVar[Submission]) -> rx.Component:
    return rx.el.li(
        rx.el.p(
            rx.el.span(
                _mark(each.state),
                rx.el.span(each.word, class_name="sr-only"),
                class_name=f"inline-flex {rx.match(each.state, *_COLOURS, 'text-muted')}",
            ),
            rx.el.span(each.repo, title=each.repo, class_name="min-w-0 truncate"),
            rx.el.span(
                time(each.at, "relative"), " · ", each.by, class_name="ml-auto whitespace-nowrap text-muted"
            ),
            class_name="flex items-center gap-1.5",
        ),
        rx.cond(
            each.sentence != "",
            rx.el.p(
                each.sentence,
                title=f"{each.sentence} {each.advice}",
                class_name="line-clamp-2 pl-5 text-muted [overflow-wrap:anywhere]",
            ),
        ),
        key=each.key,
        custom_attrs={"data-submission": each.repo, "data-state": each.state},
        class_name="text-xs",
    )
