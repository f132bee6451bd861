"""The job history: searched, filtered, sorted and turned page by page, each row with what can be done."""

import reflex as rx
from reflex.vars import ObjectVar

from ops_dashboard.domain.views.job_filter import PAGE_ROWS, STATUSES
from ops_dashboard.domain.views.jobs import JOBS_KEY, JobsView
from ops_dashboard.sections.barred import why_barred
from ops_dashboard.sections.job_row import job_row
from ops_dashboard.state.job_actions import JobActionsState
from ops_dashboard.state.job_history import JobHistoryState
from ops_dashboard.ui import classes
from ops_dashboard.ui.action_result import action_result
from ops_dashboard.ui.button import button, button_class
from ops_dashboard.ui.download_link import download_link
from ops_dashboard.ui.search_field import search_field
from ops_dashboard.ui.select import select
from ops_dashboard.ui.sort_heading import sort_heading

REINDEX_FAILED_BUTTON = "reindex-failed"
_STATE = JobHistoryState
_HEADINGS = (
    ("repo", "Repository", False),
    ("status", "Status", False),
    ("submitted", "Submitted", False),
    ("started", "Started", False),
    ("duration", "Duration", True),
    ("", "Files", True),
    ("", "Embeddings", True),
    ("worker", "Worker", False),
)


def job_history(jobs: ObjectVar[JobsView]) -> rx.Component:
    """Tools, what came of the last action, the table, and the pages of it."""
    return rx.el.div(
        _tools(jobs),
        rx.el.p(
            JobActionsState.told,
            role="status",
            custom_attrs={"data-told": True},
            class_name="text-xs [overflow-wrap:anywhere] empty:hidden",
        ),
        action_result(
            jobs.reindex_failed,
            not_sent="",
            dismissed=JobActionsState.dismissed,
            on_dismiss=[
                rx.set_focus(REINDEX_FAILED_BUTTON),
                JobActionsState.dismiss(jobs.reindex_failed.number),
            ],
        ),
        rx.cond(_STATE.page.found > 0, _table(), _nothing(jobs)),
        rx.cond(_STATE.page.found > PAGE_ROWS, _pages()),
        class_name="grid grid-cols-[minmax(0,1fr)] content-start gap-2",
    )


def _tools(jobs: ObjectVar[JobsView]) -> rx.Component:
    wanted = _STATE.wanted
    return rx.el.div(
        rx.el.h3("Job history", class_name="mr-auto text-xs font-medium whitespace-nowrap"),
        # Read out when the search changes it; what arrives by itself is not.
        rx.el.p(
            rx.cond(
                (wanted.status != STATUSES[0]) | (wanted.text != ""),
                f"{_STATE.page.found} of {_STATE.known} jobs",
                "",
            ),
            role="status",
            class_name="text-xs text-muted empty:hidden",
        ),
        search_field(
            "Search the jobs",
            value=wanted.text,
            made_anew=_STATE.cleared,
            on_search=lambda text: _STATE.search(text),
        ),
        select("Jobs", wanted.status, [(word, word) for word in STATUSES], _STATE.choose_status),
        _reindex_failed(jobs),
        download_link(
            "CSV",
            href=f"/api/tables/{JOBS_KEY}?format=csv",
            aria_label="CSV of the job history",
            class_name=button_class(size="sm"),
        ),
        class_name="flex flex-wrap items-center gap-2",
    )


def _reindex_failed(jobs: ObjectVar[JobsView]) -> rx.Component:
    many = jobs.reindexable.length()
    why_not = why_barred(
        rx.cond(
            jobs.reindex_failed.state == "running",
            "They are being sent.",
            rx.cond(
                jobs.reindex_failed.barred != "",
                jobs.reindex_failed.barred,
                rx.cond(many > 0, "", "No failed job can be indexed again."),
            ),
        )
    )
    return button(
        rx.cond(many > 0, f"Re-index failed ({many})", "Re-index failed"),
        id=REINDEX_FAILED_BUTTON,
        size="sm",
        title=why_not,
        class_name=classes.DIMMED,
        on_click=rx.cond(why_not == "", JobActionsState.ask_reindex_failed, rx.noop()),
        custom_attrs={"aria-disabled": why_not != "", "aria-description": why_not},
    )


def _table() -> rx.Component:
    wanted = _STATE.wanted
    headings = [
        sort_heading(
            title,
            is_sorted=wanted.sort == key,
            is_descending=wanted.descending,
            on_click=_STATE.sort_by(key),
            number=number,
        )
        if key
        else rx.el.th(title, scope="col", class_name="px-2 py-1 text-right font-medium")
        for key, title, number in _HEADINGS
    ]
    return rx.el.div(
        rx.el.table(
            rx.el.caption("Job history", class_name="sr-only"),
            rx.el.thead(
                rx.el.tr(
                    *headings,
                    rx.el.th(
                        rx.el.span("Action", class_name="sr-only"),
                        scope="col",
                        class_name="sticky right-0 bg-surface",
                    ),
                    class_name="border-b border-line text-xs text-muted",
                )
            ),
            rx.el.tbody(rx.foreach(_STATE.page.rows, job_row), class_name="divide-y divide-line"),
            class_name="w-full min-w-200 border-collapse text-sm",
        ),
        role="region",
        aria_label="Jobs",
        tab_index=0,
        class_name="relative max-h-120 overflow-auto",
    )


def _pages() -> rx.Component:
    page = _STATE.page
    return rx.el.div(
        rx.el.p(
            f"{page.offset + 1}–{page.offset + page.rows.length()} of {page.found}",
            class_name="mr-auto text-xs text-muted",
        ),
        _turn("Previous", -1, page.offset == 0),
        _turn("Next", 1, page.offset + PAGE_ROWS >= page.found),
        class_name="flex items-center gap-2",
    )


def _turn(text: str, pages: int, at_the_end: rx.Var[bool]) -> rx.Component:
    """Not disabled but said to be so: a button that is disabled loses the focus."""
    return button(
        text,
        size="sm",
        aria_disabled=at_the_end,
        on_click=_STATE.turn(pages),
        class_name=classes.DIMMED,
    )


def _nothing(jobs: ObjectVar[JobsView]) -> rx.Component:
    """Why there are no rows, and what can be done about it."""
    return rx.cond(
        _STATE.known > 0,
        rx.el.div(
            rx.el.p("No job is like this.", class_name="text-muted"),
            button("Show all jobs", size="sm", on_click=_STATE.clear),
            class_name="flex flex-wrap items-center justify-center gap-3 py-6",
        ),
        rx.el.p(
            rx.cond(
                jobs.note != "",
                jobs.note,
                rx.match(
                    jobs.display,
                    ("not_reported", "Not reported by this backend."),
                    ("waiting", "No data yet."),
                    rx.cond(jobs.empty != "", jobs.empty, "No job so far."),
                ),
            ),
            class_name="py-6 text-center text-muted [overflow-wrap:anywhere]",
        ),
    )
