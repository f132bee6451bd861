"""What can be done about one active alert: three buttons where there is room, a menu for all else."""

import reflex as rx
from reflex.vars import ObjectVar

from ops_dashboard.domain.alerts.severity import Severity
from ops_dashboard.domain.alerts.state import Handled
from ops_dashboard.domain.views.alert_rows import AlertRow
from ops_dashboard.sections.barred import IS_BARRED, barred_attrs, barred_line, may_act
from ops_dashboard.state.alert_actions import UNTIL_RESOLVED
from ops_dashboard.state.alert_history import AlertHistoryState
from ops_dashboard.state.alert_note import ACKNOWLEDGE, NOTE, AlertNoteState, note_button
from ops_dashboard.state.alerts import AlertsState
from ops_dashboard.ui import classes
from ops_dashboard.ui.button import button, button_class
from ops_dashboard.ui.copy_link import copy_link_item
from ops_dashboard.ui.icons import icon
from ops_dashboard.ui.menu import menu, menu_item

SNOOZE_CHOICES = (
    ("15m", "15 minutes"),
    ("1h", "1 hour"),
    ("4h", "4 hours"),
    (UNTIL_RESOLVED, "Until resolved"),
)
_NARROW = "md:hidden"
_WIDE = "max-md:hidden"


def alert_actions(row: ObjectVar[AlertRow]) -> rx.Component:
    """The buttons and menus of an alert. Each is also named by the alert, for those who hear only the button."""
    return rx.el.div(
        _acknowledge(row),
        rx.el.div(_snooze(row), class_name=_WIDE),
        button(
            "Dismiss",
            _of(row),
            size="sm",
            class_name=f"{_WIDE} {classes.DIMMED}",
            on_click=may_act(AlertsState.dismiss(row.key, row.id).temporal),
            custom_attrs=barred_attrs(),
        ),
        _more(row),
        class_name="flex items-center justify-end gap-1.5",
    )


def change_note(row: ObjectVar[AlertRow]) -> rx.Component:
    """The button that adds a note to an acknowledgement, or changes the one it has."""
    return rx.el.button(
        rx.cond(row.note != "", "Change note", "Add note"),
        _of(row),
        id=note_button(row.key),
        type="button",
        on_click=may_act(AlertNoteState.ask(row.key, NOTE)),
        custom_attrs=barred_attrs(),
        class_name=f"rounded-sm px-0.5 underline underline-offset-2 hover:text-fg {classes.DIMMED}",
    )


def _acknowledge(row: ObjectVar[AlertRow]) -> rx.Component:
    """One button for both states, so that it keeps the focus."""
    done = row.handled == Handled.ACKNOWLEDGED.value
    urgent = (row.severity == Severity.CRITICAL.value) & ~done & (row.muted == "")
    return rx.el.button(
        rx.cond(done, rx.fragment(icon("check"), "Acknowledged"), "Acknowledge"),
        _of(row),
        type="button",
        on_click=may_act(AlertsState.acknowledge(row.key, row.id, "").temporal),
        custom_attrs=barred_attrs(also=done),
        class_name=rx.cond(
            IS_BARRED,
            button_class(size="sm", extra=classes.DIMMED),
            rx.cond(urgent, button_class("primary", "sm"), button_class(size="sm")),
        ),
    )


def _snooze(row: ObjectVar[AlertRow]) -> rx.Component:
    return menu(
        barred_line(),
        _end_of_snooze(row),
        *(
            _doing(text, AlertsState.snooze(row.key, row.id, choice, "").temporal)
            for choice, text in SNOOZE_CHOICES
        ),
        _doing("With a reason…", AlertNoteState.ask(row.key, "1h"), "message-square"),
        trigger=["Snooze", _of(row), icon("chevron-down", 14)],
        trigger_class=button_class(size="sm"),
    )


def _more(row: ObjectVar[AlertRow]) -> rx.Component:
    done = row.handled == Handled.ACKNOWLEDGED.value
    return menu(
        barred_line(),
        rx.el.div(
            _end_of_snooze(row),
            *(
                _doing(
                    f"Snooze: {text[0].lower()}{text[1:]}",
                    AlertsState.snooze(row.key, row.id, choice, "").temporal,
                    "bell-off",
                )
                for choice, text in SNOOZE_CHOICES
            ),
            _doing("Snooze with a reason…", AlertNoteState.ask(row.key, "1h"), "message-square"),
            _doing("Dismiss", AlertsState.dismiss(row.key, row.id).temporal, "x"),
            class_name=_NARROW,
        ),
        _doing(
            rx.cond(done, "Change the note…", "Acknowledge with a note…"),
            AlertNoteState.ask(row.key, rx.cond(done, NOTE, ACKNOWLEDGE)),
            "message-square",
        ),
        rx.cond(
            row.id > 0,
            rx.fragment(
                menu_item("Details", AlertHistoryState.show_incident(row.id), "list"),
                copy_link_item("Copy link", "incident", row.id, AlertsState.tell_copied),
            ),
        ),
        trigger=[icon("ellipsis"), rx.el.span("More actions"), _of(row)],
        trigger_class=button_class(size="sm", extra="w-7 px-0 [&>span]:sr-only"),
    )


def _end_of_snooze(row: ObjectVar[AlertRow]) -> rx.Component:
    return rx.cond(
        row.handled == Handled.SNOOZED.value,
        _doing("End the snooze", AlertsState.unsnooze(row.key, row.id).temporal, "bell"),
    )


def _doing(text: rx.Var[str] | str, event: rx.event.EventSpec, icon_name: str = "") -> rx.Component:
    """A line that acts."""
    return menu_item(text, event, icon_name, disabled=IS_BARRED)


def _of(row: ObjectVar[AlertRow]) -> rx.Component:
    return rx.el.span(row.subject, class_name="sr-only")
