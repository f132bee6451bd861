"""Who is logged in: the part "Sessions" of the sheet "Audit"."""

import reflex as rx
from reflex.vars import ObjectVar

from ops_dashboard.access.sessions import IDLE_SECONDS, LONGEST_SECONDS
from ops_dashboard.domain.views.sessions import SessionRow
from ops_dashboard.state.audit import AuditState
from ops_dashboard.ui.badge import badge
from ops_dashboard.ui.table import Column, cell, row_heading, table
from ops_dashboard.ui.time import time

_VIEW = AuditState.sessions


def audit_sessions() -> rx.Component:
    """The open sessions, and by what one ends."""
    columns = [Column("Who"), Column("Role"), Column("Logged in"), Column("Last used")]
    return rx.el.div(
        rx.cond(
            _VIEW.total > 0,
            table("Open sessions, the latest login first", columns, rx.foreach(_VIEW.rows, _row)),
            rx.el.p(
                "No session is open: nobody is logged in here.",
                role="status",
                class_name="py-6 text-center text-muted",
            ),
        ),
        rx.el.p(
            f"A session ends when its holder logs out, after {IDLE_SECONDS / 3600:g} hours without use,"
            f" {LONGEST_SECONDS / 86_400:g} days after the login, and when the dashboard restarts.",
            class_name="text-xs text-muted",
        ),
        class_name="grid grid-cols-[minmax(0,1fr)] gap-3",
    )


def sessions_footer() -> rx.Component:
    """How many there are, and are shown."""
    return rx.el.p(
        rx.cond(_VIEW.total > _VIEW.rows.length(), f"latest {_VIEW.rows.length()} of ", ""),
        _VIEW.total,
        rx.cond(_VIEW.total == 1, " session", " sessions"),
        role="status",
        class_name="text-xs text-muted",
    )


def _row(row: ObjectVar[SessionRow]) -> rx.Component:
    return rx.el.tr(
        row_heading(
            rx.cond(
                row.name != "",
                rx.el.span(row.name, class_name="font-medium"),
                rx.el.span("no name given", class_name="text-muted"),
            ),
            rx.cond(row.is_this, rx.el.span(" ", badge("this one", tone="info"))),
        ),
        cell(row.role),
        cell(time(row.logged_in_at, "both")),
        cell(time(row.used_at, "both")),
        key=row.id.to_string(),
        class_name="align-top",
    )
