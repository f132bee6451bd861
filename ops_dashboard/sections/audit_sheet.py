"""The sheet "Audit", for operators: who did what, and what came of it; and who is logged in."""

import reflex as rx
from reflex.vars import ObjectVar

from ops_dashboard.domain.views.audit import ACTIONS, ALL, OUTCOME_WORDS, AuditRow
from ops_dashboard.sections.audit_sessions import audit_sessions, sessions_footer
from ops_dashboard.sections.export_links import export_links
from ops_dashboard.sections.session_menu import YOU_BUTTON
from ops_dashboard.state.audit import AUDIT, AuditState
from ops_dashboard.state.dialogs import DialogsState
from ops_dashboard.ui.button import button
from ops_dashboard.ui.radio_group import radio_group
from ops_dashboard.ui.search_field import search_field
from ops_dashboard.ui.select import select
from ops_dashboard.ui.sheet import sheet
from ops_dashboard.ui.status import status_mark
from ops_dashboard.ui.table import Column, cell, row_heading, table
from ops_dashboard.ui.time import time

_STATE = AuditState
_EXPORT = "/api/audit"
_STATUS_OF = {"done": "healthy", "refused": "degraded", "failed": "down", "not-sent": "not_applicable"}
_PARTS = (("actions", "Actions"), ("sessions", "Sessions"))


def audit_sheet() -> rx.Component:
    """The sheet; place it once per page."""
    return sheet(
        "Audit",
        rx.el.div(
            radio_group("Part of the audit", _STATE.part, _PARTS, _STATE.choose_part),
            button("Read again", icon="refresh-cw", size="sm", on_click=_STATE.reload),
            class_name="mb-3 flex flex-wrap items-center justify-between gap-2",
        ),
        rx.cond(_STATE.part == "sessions", audit_sessions(), _actions()),
        open=DialogsState.open_dialog == AUDIT,
        on_open_change=_STATE.close,
        opener_id=YOU_BUTTON,
        footer=rx.cond(_STATE.part == "sessions", sessions_footer(), _footer()),
        wide=True,
    )


def _actions() -> rx.Component:
    return rx.el.div(
        rx.cond(_STATE.problem != "", _problem()),
        _tools(),
        rx.cond(_STATE.rows.length() > 0, _table(), _nothing()),
        class_name="grid grid-cols-[minmax(0,1fr)] gap-3",
    )


def _problem() -> rx.Component:
    return rx.el.p(
        "The audit cannot be read: ",
        _STATE.problem,
        " Rows are kept in memory and written when it is back: ",
        _STATE.waiting,
        " waiting.",
        role="alert",
        class_name="break-words text-crit",
    )


def _tools() -> rx.Component:
    wanted = _STATE.wanted
    return rx.el.div(
        search_field(
            "Search the audit",
            value=wanted.text,
            made_anew=_STATE.cleared,
            on_search=lambda text: _STATE.search(text, _STATE.cleared),
            class_name="grow",
        ),
        select("Action", wanted.action, [(ALL, ALL), *ACTIONS.items()], _STATE.choose_action),
        select("Outcome", wanted.outcome, [(ALL, ALL), *OUTCOME_WORDS.items()], _STATE.choose_outcome),
        button("Clear", size="sm", on_click=_STATE.clear),
        class_name="flex flex-wrap items-center gap-2",
    )


def _table() -> rx.Component:
    columns = ("When", "Who", "Action", "Target", "Outcome", "What came of it")
    return rx.el.div(
        table("Actions, newest first", [Column(one) for one in columns], rx.foreach(_STATE.rows, _row)),
        class_name="overflow-x-auto [&_table]:min-w-160",
    )


def _row(row: ObjectVar[AuditRow]) -> rx.Component:
    status = rx.match(row.outcome, *_STATUS_OF.items(), "unknown")
    return rx.el.tr(
        row_heading(
            rx.el.span(time(row.at, "absolute"), class_name="whitespace-nowrap"),
            rx.el.p(time(row.at, "relative"), class_name="text-xs whitespace-nowrap text-muted"),
        ),
        cell(row.by),
        cell(rx.el.span(row.action, class_name="font-medium")),
        cell(row.target),
        cell(rx.el.span(status_mark(status=status, word=row.outcome_word), class_name="whitespace-nowrap")),
        cell(row.sentence),
        key=row.id.to_string(),
        custom_attrs={"data-outcome": row.outcome},
        class_name="align-top",
    )


def _nothing() -> rx.Component:
    return rx.cond(
        _STATE.problem == "",
        rx.el.p(
            rx.cond(
                _STATE.is_reading,
                "Reading…",
                rx.cond(_STATE.is_filtered, "No row is like this.", "Nobody has done anything so far."),
            ),
            role="status",
            class_name="py-6 text-center text-muted",
        ),
    )


def _footer() -> rx.Component:
    return rx.el.div(
        export_links(_EXPORT, _STATE.export_query),
        rx.el.p(_STATE.count_text, role="status", class_name="ml-auto text-xs text-muted"),
        class_name="flex w-full flex-wrap items-center gap-2",
    )
