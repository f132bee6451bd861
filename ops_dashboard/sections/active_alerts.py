"""Active alerts: what is wrong now, worst first, and what one can do about it at once."""

import reflex as rx
from reflex.vars import ObjectVar

from ops_dashboard.domain.views.alert_rows import AlertRow
from ops_dashboard.domain.views.alerts import AlertGroup
from ops_dashboard.sections.alert_row import EDGES, GROUNDS, alert_row
from ops_dashboard.sections.barred import barred_attrs, may_act
from ops_dashboard.state.alerts import AlertsState
from ops_dashboard.ui import classes
from ops_dashboard.ui.button import button
from ops_dashboard.ui.disclosure import disclosure
from ops_dashboard.ui.icons import icon
from ops_dashboard.ui.severity import severity_mark

_VIEW = AlertsState.view
_OUTCOME = AlertsState.outcome
_LIST = "divide-y divide-line"


def active_alerts() -> rx.Component:
    """The region "Active alerts"."""
    return rx.el.section(
        rx.el.h2("Active alerts", class_name="sr-only"),
        _warning(_VIEW.unsaved, "A restart would lose what happens here: "),
        _warning(_VIEW.damaged),
        rx.cond(
            _VIEW.groups.length() > 0,
            rx.el.ul(
                rx.foreach(_VIEW.groups, _group),
                aria_label="Alerts, worst first",
                class_name=f"max-h-[26rem] lg:max-h-[17.5rem] overflow-y-auto {_LIST}",
            ),
            _nothing(),
        ),
        rx.cond(
            _VIEW.more > 0,
            rx.el.p(
                "and ",
                _VIEW.more,
                " more, see the alert history",
                class_name="px-4 py-1.5 text-xs text-muted",
            ),
        ),
        rx.cond(_VIEW.dismissed.length() > 0, _dismissed()),
        _told(),
        id="alerts",
        aria_label="Active alerts",
        class_name="min-w-0 scroll-mt-16 divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface",
    )


def _warning(sentence: rx.Var[str], before: str = "") -> rx.Component:
    """A line about the database; none while the sentence is empty."""
    return rx.cond(
        sentence != "",
        rx.el.p(
            icon("triangle-alert"),
            rx.el.span(before, sentence, class_name="min-w-0 break-words"),
            class_name="flex gap-2 px-4 py-2 text-xs text-warn",
        ),
    )


def _nothing() -> rx.Component:
    """One quiet line, and never calm before anything is known. As high as an alert: the first one moves nothing."""
    return rx.el.p(
        rx.cond(
            _VIEW.sentence == "",
            "Alerts are not known yet.",
            rx.fragment(icon("circle-check", class_name="text-ok"), "No active alerts."),
        ),
        class_name="flex min-h-13 items-center gap-2 px-4 py-2 text-muted",
    )


def _group(group: ObjectVar[AlertGroup]) -> rx.Component:
    return rx.el.li(rx.cond(group.alike, _alike(group), _caused(group)), key=group.key)


def _alike(group: ObjectVar[AlertGroup]) -> rx.Component:
    """Many of one rule: their number, and they themselves on demand."""
    return rx.el.div(
        disclosure(
            _members(group.rows),
            trigger=[
                rx.el.span(
                    severity_mark(severity=group.severity, word=group.severity_word),
                    class_name="inline-flex min-w-20",
                ),
                rx.el.strong(group.title, class_name="font-semibold"),
            ],
            aside=button(
                rx.cond(group.waiting > 0, "Acknowledge all", rx.fragment(icon("check"), "All handled")),
                rx.el.span(group.title, class_name="sr-only"),
                size="sm",
                on_click=may_act(AlertsState.acknowledge_group(group.key).temporal),
                custom_attrs=barred_attrs(also=group.waiting == 0),
            ),
        ),
        custom_attrs={"data-group": group.key},
        class_name=[
            "border-l-3 py-2 pr-2.5 pl-1.5",
            rx.match(group.severity, *EDGES.items(), "border-l-info"),
            rx.cond(group.waiting > 0, rx.match(group.severity, *GROUNDS.items(), "bg-info-bg"), ""),
        ],
    )


def _caused(group: ObjectVar[AlertGroup]) -> rx.Component:
    """One alert, and those it explains on demand."""
    others = group.rows.length() - 1
    return rx.fragment(
        alert_row(row=group.rows[0]),
        rx.cond(
            others > 0,
            rx.el.div(
                disclosure(
                    _members(group.rows[1:]),
                    trigger=[rx.cond(others == 1, "Explains 1 more alert", f"Explains {others} more alerts")],
                    trigger_class="text-xs text-muted",
                ),
                class_name="pr-2.5 pl-3.5",
            ),
        ),
    )


def _members(rows: rx.Var[tuple[AlertRow, ...]]) -> rx.Component:
    return rx.el.ul(rx.foreach(rows, _member), class_name=f"my-1 rounded-md border border-line {_LIST}")


def _member(row: ObjectVar[AlertRow]) -> rx.Component:
    return rx.el.li(alert_row(row=row), key=row.key)


def _dismissed() -> rx.Component:
    count = _VIEW.dismissed.length()
    return rx.el.div(
        disclosure(
            rx.el.ul(rx.foreach(_VIEW.dismissed, _put_away), class_name="pb-1"),
            trigger=[rx.cond(count == 1, "1 dismissed until resolved", f"{count} dismissed until resolved")],
            trigger_class="text-xs text-muted",
        ),
        class_name="px-3.5 py-1",
    )


def _put_away(row: ObjectVar[AlertRow]) -> rx.Component:
    return rx.el.li(
        severity_mark(severity=row.severity, word=row.severity_word),
        rx.el.span(row.message, class_name="min-w-0 grow break-words"),
        button(
            "Undo",
            rx.el.span(row.subject, class_name="sr-only"),
            size="sm",
            class_name=classes.DIMMED,
            on_click=may_act(AlertsState.restore(row.key, row.id).temporal),
            custom_attrs=barred_attrs(),
        ),
        key=row.key,
        class_name="flex flex-wrap items-center gap-x-3 gap-y-1 py-1",
    )


def _told() -> rx.Component:
    """What came of the last action. The live region is there before it speaks."""
    number = AlertsState.told.to_string()
    return rx.el.div(
        rx.el.p(rx.el.span(_OUTCOME.sentence, key=number), role="status"),
        # The button that had the focus is gone with the row it stood in: the next one takes it.
        rx.match(
            _OUTCOME.offer,
            ("undo", _again("Undo", AlertsState.restore(_OUTCOME.key, _OUTCOME.incident), number)),
            ("redo", _again("Dismiss again", AlertsState.dismiss(_OUTCOME.key, _OUTCOME.incident), number)),
            rx.fragment(),
        ),
        class_name=rx.cond(
            _OUTCOME.sentence == "",
            "sr-only",
            "flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-1.5 text-xs text-muted",
        ),
    )


def _again(text: str, event: rx.event.EventSpec, number: rx.Var[str]) -> rx.Component:
    return button(text, size="sm", auto_focus=True, on_click=event.temporal, key=f"{text}{number}")
