"""The dialogs "Handle alert", the same as the buttons of its row with a note or reason, and "Alert note"."""

import reflex as rx

from ops_dashboard.sections.alert_actions import SNOOZE_CHOICES
from ops_dashboard.state.alert_note import ACKNOWLEDGE, NOTE, AlertNoteState
from ops_dashboard.ui import classes
from ops_dashboard.ui.button import button, button_class
from ops_dashboard.ui.dialog import dialog
from ops_dashboard.ui.radio_group import radio_group
from ops_dashboard.ui.severity import severity_mark
from ops_dashboard.ui.text_field import INPUT
from ops_dashboard.ui.time import time

_ASKED = AlertNoteState.asked
_FORM = "handle-alert"
_LONGEST_NOTE = 300
_IS_NOTE = AlertNoteState.choice == NOTE


def alert_note_dialog() -> rx.Component:
    """The dialog; place it once per page."""
    return dialog(
        rx.cond(_IS_NOTE, "Alert note", "Handle alert"),
        rx.el.p(
            severity_mark(severity=_ASKED.severity, word=_ASKED.severity_word),
            rx.el.strong(_ASKED.message, class_name="font-semibold break-words [overflow-wrap:anywhere]"),
            class_name="grid gap-1",
        ),
        rx.el.form(
            rx.cond(_IS_NOTE, _whose(), _what_to_do()),
            rx.el.label("Note", html_for="alert-note", class_name="mt-2 text-xs text-muted"),
            rx.el.textarea(
                id="alert-note",
                name="note",
                rows="3",
                auto_focus=True,
                max_length=_LONGEST_NOTE,
                default_value=rx.cond(_IS_NOTE, _ASKED.note, ""),
                placeholder="such as: re-index running, back by 14:30",
                class_name=classes.join(INPUT, "w-full py-1.5"),
            ),
            rx.el.p(
                AlertNoteState.problem, role="alert", class_name="text-xs text-crit break-words empty:hidden"
            ),
            id=_FORM,
            on_submit=AlertNoteState.submit.temporal,
            class_name="mt-4 grid gap-1",
        ),
        open=_ASKED.key != "",
        on_open_change=AlertNoteState.close,
        opener_id=AlertNoteState.opener,
        footer=rx.fragment(
            button("Cancel", on_click=AlertNoteState.close(False)),
            rx.el.button(
                rx.match(AlertNoteState.choice, (ACKNOWLEDGE, "Acknowledge"), (NOTE, "Save note"), "Snooze"),
                type="submit",
                form=_FORM,
                class_name=button_class("primary"),
            ),
        ),
    )


def _whose() -> rx.Component:
    return rx.el.p(
        "Acknowledged",
        rx.cond(_ASKED.handled_by != "", rx.fragment(" by ", _ASKED.handled_by)),
        " at ",
        time(_ASKED.handled_at, "absolute"),
        class_name="text-xs text-muted break-words",
    )


def _what_to_do() -> rx.Component:
    return rx.fragment(
        rx.el.p("Acknowledge it, or snooze it for", class_name="text-xs text-muted"),
        rx.el.div(radio_group("What to do", AlertNoteState.choice, _choices(), AlertNoteState.choose)),
    )


def _choices() -> list[tuple[str, str]]:
    short = {"15m": "15 min", "1h": "1 h", "4h": "4 h"}
    return [
        (ACKNOWLEDGE, "Acknowledge"),
        *((value, short.get(value, text)) for value, text in SNOOZE_CHOICES),
    ]
