"""One active alert as a row: how bad, what, since when, who takes care of it."""

import reflex as rx
from reflex.vars import ObjectVar

from ops_dashboard.domain.alerts.severity import Severity
from ops_dashboard.domain.alerts.state import Condition, Handled
from ops_dashboard.domain.views.alert_rows import AlertRow
from ops_dashboard.sections.alert_actions import alert_actions, change_note
from ops_dashboard.ui.badge import badge
from ops_dashboard.ui.icons import dashed_question
from ops_dashboard.ui.severity import severity_mark
from ops_dashboard.ui.sparkline import sparkline
from ops_dashboard.ui.time import time

EDGES = {Severity.CRITICAL.value: "border-l-crit", Severity.WARNING.value: "border-l-warn"}
"""The left edge by severity; that of info is the default of a match."""
GROUNDS = {Severity.CRITICAL.value: "bg-crit-bg", Severity.WARNING.value: "bg-warn-bg"}
"""The ground of what waits for somebody, likewise."""
_ENTRY = "transition-[opacity,translate] duration-200 starting:-translate-y-2 starting:opacity-0"
"""One slide when it appears."""


@rx.memo
def alert_row(row: rx.Var[AlertRow]) -> rx.Component:
    """The row; what somebody handles, or another alert explains, stands on the plain ground."""
    loud = (row.handled == Handled.NEW.value) & (row.muted == "")
    return rx.el.div(
        severity_mark(severity=row.severity, word=row.severity_word),
        rx.el.div(_message(row), _detail(row), _circumstances(row), class_name="min-w-0"),
        rx.el.div(sparkline(path=row.sparkline), class_name="w-30 max-xl:hidden"),
        alert_actions(row),
        custom_attrs={"data-alert": row.key, "data-severity": row.severity, "data-handled": row.handled},
        class_name=[
            "grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 border-l-3 py-2 pr-2.5 pl-3.5"
            " lg:grid-cols-[5.5rem_minmax(0,1fr)_auto_auto] max-lg:[&>:nth-child(2)]:order-last"
            " max-lg:[&>:nth-child(2)]:col-span-2",
            _ENTRY,
            rx.match(row.severity, *EDGES.items(), "border-l-info"),
            rx.cond(loud, rx.match(row.severity, *GROUNDS.items(), "bg-info-bg"), "bg-surface"),
        ],
    )


def _message(row: ObjectVar[AlertRow]) -> rx.Component:
    return rx.el.p(
        rx.el.strong(
            row.message,
            custom_attrs={"data-stale-scope": rx.cond(row.data == "fresh", "value", "stale")},
            class_name="font-semibold break-words [overflow-wrap:anywhere]",
        ),
        rx.cond(row.flapping, badge("flapping", tone="warn")),
        rx.cond(row.condition == Condition.RECOVERING.value, badge("recovering", tone="ok")),
        class_name="flex flex-wrap items-center gap-x-2",
    )


def _detail(row: ObjectVar[AlertRow]) -> rx.Component:
    """What the backend said beyond the first line."""
    return rx.cond(
        row.detail != "",
        rx.el.p(
            row.detail, class_name="line-clamp-2 text-xs text-muted break-words [overflow-wrap:anywhere]"
        ),
    )


def _circumstances(row: ObjectVar[AlertRow]) -> rx.Component:
    return rx.el.p(
        rx.cond(row.source != "", f"{row.source} · since ", "since "),
        time(row.since, "absolute"),
        " (",
        time(row.since, "age"),
        ")",
        rx.cond(
            row.peak != "",
            rx.fragment(" · ", row.peak_word, " ", row.peak, " at ", time(row.peak_at, "absolute")),
        ),
        rx.cond(row.known_at > 0, _no_data(row)),
        rx.cond(row.muted != "", rx.fragment(" · ", row.muted)),
        _handling(row),
        class_name="text-xs text-muted break-words",
    )


def _no_data(row: ObjectVar[AlertRow]) -> rx.Component:
    return rx.fragment(
        " · ", dashed_question(14, "inline mr-1"), "no fresh data since ", time(row.known_at, "absolute")
    )


def _handling(row: ObjectVar[AlertRow]) -> rx.Component:
    """Who did what, with the note in quotes."""
    return rx.cond(
        row.handled != Handled.NEW.value,
        rx.fragment(
            " · ",
            row.handled,
            rx.cond(row.handled_by != "", rx.fragment(" by ", row.handled_by)),
            rx.cond(
                row.handled == Handled.SNOOZED.value,
                rx.fragment(" until ", time(row.until, "absolute"), " (", time(row.until, "until"), " left)"),
                rx.cond(row.handled_at > 0, rx.fragment(" at ", time(row.handled_at, "absolute"))),
            ),
            rx.cond(row.note != "", rx.fragment(": “", row.note, "”")),
            rx.cond(row.note_by != "", rx.fragment(" (", row.note_by, ")")),
            rx.cond(row.handled == Handled.ACKNOWLEDGED.value, rx.fragment(" ", change_note(row))),
        ),
    )
