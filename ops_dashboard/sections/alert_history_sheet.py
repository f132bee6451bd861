"""The sheet "Alert history": what was wrong, when, for how long, and who took care of it."""

import reflex as rx
from reflex.vars import ObjectVar

from ops_dashboard.domain.views.alert_filter import ALL, HISTORY_STATES, SEVERITIES
from ops_dashboard.domain.views.alert_history import HistoryRow
from ops_dashboard.domain.views.alert_places import PLACES
from ops_dashboard.sections.alert_incident import alert_incident, incident_footer
from ops_dashboard.sections.bell import HISTORY_BUTTON
from ops_dashboard.sections.export_links import export_links
from ops_dashboard.state.alert_history import HISTORY, PAGE_ROWS, AlertHistoryState
from ops_dashboard.state.dialogs import DialogsState
from ops_dashboard.ui.button import button
from ops_dashboard.ui.search_field import search_field
from ops_dashboard.ui.select import select
from ops_dashboard.ui.severity import severity_mark
from ops_dashboard.ui.sheet import sheet
from ops_dashboard.ui.table import Column, cell, row_heading, table
from ops_dashboard.ui.time import time

_STATE = AlertHistoryState
_EXPORT = "/api/alerts/export"


def alert_history_sheet() -> rx.Component:
    """The sheet; place it once per page."""
    return sheet(
        "Alert history",
        rx.cond(_STATE.problem != "", _problem()),
        rx.cond(_STATE.incident > 0, alert_incident(), _past()),
        open=DialogsState.open_dialog == HISTORY,
        on_open_change=_STATE.close,
        opener_id=HISTORY_BUTTON,
        footer=rx.cond(_STATE.incident > 0, incident_footer(), _footer()),
    )


def _problem() -> rx.Component:
    return rx.el.div(
        rx.el.p(
            "The history cannot be read. ", _STATE.problem, class_name="min-w-0 grow break-words text-crit"
        ),
        button("Try again", icon="refresh-cw", size="sm", on_click=_STATE.reload),
        role="alert",
        class_name="mb-3 flex flex-wrap items-center gap-2",
    )


def _past() -> rx.Component:
    return rx.el.div(
        _tools(),
        rx.cond(_STATE.rows.length() > 0, _table(), _nothing()),
        class_name="grid grid-cols-[minmax(0,1fr)] gap-3",
    )


def _tools() -> rx.Component:
    wanted = _STATE.wanted
    return rx.el.div(
        search_field(
            "Search the history",
            value=wanted.text,
            made_anew=_STATE.cleared,
            on_search=lambda text: _STATE.search(text, _STATE.cleared),
            class_name="grow",
        ),
        select("Severity", wanted.severity, _named(SEVERITIES), _STATE.choose_severity),
        select("State", wanted.state, _named((ALL, *HISTORY_STATES)), _STATE.choose_state),
        select("Source", wanted.source, _sources(), _STATE.choose_source),
        button("Clear", size="sm", on_click=_STATE.clear),
        class_name="flex flex-wrap items-center gap-2",
    )


def _table() -> rx.Component:
    return rx.el.div(
        table(
            "Alerts, newest first",
            [Column("Alert"), Column("Opened"), Column("Acknowledged"), Column("Resolved")],
            rx.foreach(_STATE.rows, _row),
        ),
        class_name="overflow-x-auto [&_table]:min-w-140",
    )


def _row(row: ObjectVar[HistoryRow]) -> rx.Component:
    return rx.el.tr(
        row_heading(
            severity_mark(severity=row.severity, word=row.severity_word),
            rx.el.button(
                row.message,
                type="button",
                # Coming back from an incident, one goes on from its row.
                auto_focus=row.id == _STATE.left,
                on_click=_STATE.show_incident(row.id),
                class_name="block min-h-6 text-left font-medium underline decoration-faint decoration-dotted"
                " underline-offset-4 hover:decoration-solid",
            ),
            rx.el.p(row.source, class_name="text-xs text-muted"),
        ),
        cell(
            time(row.opened_at, "absolute"),
            rx.cond(row.worst != "", rx.el.p("worst ", row.worst, class_name="text-xs text-muted")),
        ),
        cell(
            rx.cond(
                row.acknowledged_at > 0,
                rx.fragment(
                    time(row.acknowledged_at, "absolute"),
                    rx.el.p("by ", row.acknowledged_by, class_name="text-xs text-muted"),
                ),
                rx.el.span("–", rx.el.span("not acknowledged", class_name="sr-only")),
            )
        ),
        cell(_end(row)),
        key=row.id.to_string(),
        custom_attrs={"data-incident": row.id, "data-state": row.state},
        class_name="align-top",
    )


def _end(row: ObjectVar[HistoryRow]) -> rx.Component:
    return rx.cond(
        row.resolved_at > 0,
        rx.fragment(
            time(row.resolved_at, "absolute"),
            rx.cond(row.lasted != "", rx.el.p("after ", row.lasted, class_name="text-xs text-muted")),
        ),
        rx.fragment(
            row.state_word,
            rx.el.p("for ", time(row.opened_at, "age"), class_name="text-xs text-muted"),
        ),
    )


def _footer() -> rx.Component:
    """What was found as a file, and the pages of it."""
    first, last = _STATE.offset + 1, _STATE.offset + _STATE.rows.length()
    return rx.el.div(
        export_links(_EXPORT, _STATE.export_query),
        rx.el.p(
            rx.cond(_STATE.rows.length() > 0, f"{first}–{last} of {_STATE.total}", ""),
            role="status",
            class_name="ml-auto text-xs text-muted",
        ),
        _turn("Newer", -1, _STATE.offset == 0),
        _turn("Older", 1, _STATE.offset + PAGE_ROWS >= _STATE.total),
        class_name="flex w-full flex-wrap items-center gap-2",
    )


def _turn(text: str, pages: int, at_the_end: rx.Var[bool]) -> rx.Component:
    """Not disabled but said to be so: a button that is disabled loses the focus."""
    return button(
        text,
        size="sm",
        aria_disabled=at_the_end,
        on_click=_STATE.turn(pages),
        class_name="aria-disabled:border-line aria-disabled:text-muted",
    )


def _nothing() -> rx.Component:
    return rx.cond(
        _STATE.problem == "",
        rx.el.p(
            rx.cond(
                _STATE.is_reading,
                "Reading…",
                rx.cond(
                    _STATE.is_filtered,
                    "No alert of the past is like this.",
                    "There has been no alert so far.",
                ),
            ),
            role="status",
            class_name="py-6 text-center text-muted",
        ),
    )


def _named(words: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(word, word) for word in words]


def _sources() -> list[tuple[str, str]]:
    return [(ALL, ALL), *((place.section, place.title) for place in PLACES)]
