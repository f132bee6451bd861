"""One incident in the sheet "Alert history": how it is, and all that happened to it."""

import reflex as rx
from reflex.vars import ObjectVar

from ops_dashboard.domain.alerts.state import Handled
from ops_dashboard.domain.views.alert_history import Happening
from ops_dashboard.sections.barred import barred_attrs, may_act
from ops_dashboard.state.alert_history import AlertHistoryState
from ops_dashboard.ui import classes
from ops_dashboard.ui.badge import badge
from ops_dashboard.ui.button import button
from ops_dashboard.ui.icons import icon
from ops_dashboard.ui.severity import severity_mark
from ops_dashboard.ui.time import time

_DETAIL = AlertHistoryState.detail
_ROW = AlertHistoryState.detail.row


def alert_incident() -> rx.Component:
    """The incident that is looked at, with the way back to the table."""
    return rx.el.div(
        button(
            "All alerts", icon="arrow-left", size="sm", auto_focus=True, on_click=AlertHistoryState.show_table
        ),
        rx.cond(
            _ROW.id > 0,
            rx.fragment(_heading(), _facts(), _happenings()),
            rx.cond(
                AlertHistoryState.problem == "",
                rx.el.p(
                    rx.cond(
                        AlertHistoryState.is_reading,
                        "Reading…",
                        f"There is no alert {AlertHistoryState.incident}. What is older than 90 days is not kept.",
                    ),
                    role="status",
                    class_name="py-6 text-muted",
                ),
            ),
        ),
        class_name="grid justify-items-start gap-4",
    )


def incident_footer() -> rx.Component:
    """What can be done about it while it is open. The buttons change their words, and so keep the focus."""
    acknowledged, dismissed = (_ROW.state == one.value for one in (Handled.ACKNOWLEDGED, Handled.DISMISSED))
    return rx.el.div(
        rx.el.p(
            AlertHistoryState.told, role="status", class_name="min-w-0 grow text-xs text-muted break-words"
        ),
        rx.cond(
            (_ROW.id == 0) | (_ROW.resolved_at > 0),
            rx.el.p(rx.cond(_ROW.id > 0, "This alert is over.", ""), class_name="text-xs text-muted"),
            rx.fragment(
                button(
                    rx.cond(acknowledged, rx.fragment(icon("check"), "Acknowledged"), "Acknowledge"),
                    class_name=classes.DIMMED,
                    on_click=may_act(AlertHistoryState.handle("acknowledge").temporal),
                    custom_attrs=barred_attrs(also=acknowledged),
                ),
                button(
                    rx.cond(dismissed, "Undo the dismissal", "Dismiss"),
                    class_name=classes.DIMMED,
                    on_click=may_act(
                        AlertHistoryState.handle(rx.cond(dismissed, "restore", "dismiss")).temporal
                    ),
                    custom_attrs=barred_attrs(),
                ),
            ),
        ),
        class_name="flex min-h-8 w-full flex-wrap items-center justify-end gap-2",
    )


def _heading() -> rx.Component:
    return rx.el.div(
        rx.el.p(
            severity_mark(severity=_ROW.severity, word=_ROW.severity_word),
            badge(_ROW.state_word),
            class_name="flex items-center gap-3",
        ),
        rx.el.h3(_ROW.message, class_name="mt-1 text-md font-semibold break-words [overflow-wrap:anywhere]"),
        rx.el.p(_ROW.source, class_name="text-xs text-muted"),
    )


def _facts() -> rx.Component:
    return rx.el.dl(
        _fact("Opened", time(_ROW.opened_at, "both", offset=True)),
        rx.cond(
            _ROW.resolved_at > 0,
            _fact("Resolved", time(_ROW.resolved_at, "both", offset=True)),
            _fact("Resolved", "not yet"),
        ),
        _fact("Lasted", rx.cond(_ROW.lasted != "", _ROW.lasted, time(_ROW.opened_at, "age"))),
        rx.cond(_ROW.worst != "", _fact("Worst value", _ROW.worst)),
        rx.cond(
            _ROW.acknowledged_at > 0,
            _fact(
                "Acknowledged",
                rx.fragment(time(_ROW.acknowledged_at, "absolute"), " by ", _ROW.acknowledged_by),
            ),
            _fact("Acknowledged", "no"),
        ),
        # Not below who acknowledged it: somebody else may have written it, which is told by what happened.
        rx.cond(_ROW.note != "", _fact("Note", rx.fragment("“", _ROW.note, "”"))),
        class_name="grid w-full grid-cols-2 gap-x-4 gap-y-3 sm:grid-cols-3",
    )


def _fact(name: str, *value: rx.Component | rx.Var | str) -> rx.Component:
    return rx.el.div(
        rx.el.dt(name, class_name="text-xs text-muted"), rx.el.dd(*value, class_name="break-words")
    )


def _happenings() -> rx.Component:
    return rx.el.section(
        rx.el.h4("What happened", class_name="mb-2 text-sm font-semibold"),
        rx.cond(
            _DETAIL.earlier > 0,
            rx.el.p(_DETAIL.earlier, " earlier entries are left out.", class_name="mb-2 text-xs text-muted"),
        ),
        rx.el.ol(
            rx.foreach(_DETAIL.happenings, _happening),
            class_name="grid gap-3 border-l border-line-strong pl-4",
        ),
        aria_label="What happened",
        class_name="w-full",
    )


def _happening(one: ObjectVar[Happening], index: rx.Var[int]) -> rx.Component:
    return rx.el.li(
        rx.el.p(
            rx.el.span(time(one.at, "absolute"), class_name="text-xs text-muted"),
            rx.el.span(one.word, class_name="font-medium"),
            severity_mark(severity=one.severity, word=one.severity_word),
            class_name="flex flex-wrap items-center gap-x-3",
        ),
        rx.cond(
            (one.by != "") | (one.until > 0),
            rx.el.p(
                rx.cond(one.by != "", rx.fragment("by ", one.by)),
                rx.cond(one.until > 0, rx.fragment(" until ", time(one.until, "absolute"))),
                class_name="text-xs text-muted",
            ),
        ),
        rx.cond(one.text != "", rx.el.p(one.text, class_name="break-words")),
        rx.cond(one.note != "", rx.el.p("“", one.note, "”", class_name="break-words")),
        key=index.to_string(),
        custom_attrs={"data-kind": one.kind},
    )
