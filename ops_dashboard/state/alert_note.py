"""The form about one alert: what to do, and a note or reason for it."""

from collections.abc import Mapping
from typing import Any

import reflex as rx

from ops_dashboard.domain.views.alert_rows import AlertRow
from ops_dashboard.state.access import allowed
from ops_dashboard.state.alert_actions import SNOOZES, UNTIL_RESOLVED, act, snooze
from ops_dashboard.state.alerts import AlertsState
from ops_dashboard.state.session import who

ACKNOWLEDGE = "acknowledge"
NOTE = "note"
CHOICES = (ACKNOWLEDGE, NOTE, *SNOOZES, UNTIL_RESOLVED)


def note_button(key: rx.Var[str] | str) -> str:
    """The id of the button that changes the note of an alert."""
    return f"note-of-{key}"


class AlertNoteState(rx.State):
    """The alert as it was when it was asked about; without a key the form is closed. The browser holds the note."""

    asked: rx.Field[AlertRow] = rx.field(default_factory=AlertRow)
    choice: str = ACKNOWLEDGE
    opener: str = ""
    """The id of the button that asked about a note, also once the form is closed: the focus returns there."""
    problem: str = ""
    """Why the note was not changed, while its form is still open."""

    @rx.event
    @allowed("operator")
    async def ask(self, key: str, choice: str) -> None:
        """Open the form about an alert; of one that is not shown there is none."""
        row = (await self.get_state(AlertsState))._row(key)
        if row is not None:
            self.asked, self.problem = row, ""
            self.opener = note_button(row.key) if choice == NOTE else ""
            self.choose(choice)

    @rx.event
    @allowed("operator")
    def choose(self, choice: str) -> None:
        """Choose what to do, of :data:`CHOICES`; another word changes nothing."""
        if choice in CHOICES:
            self.choice = choice

    @rx.event
    @allowed("viewer")
    def close(self, _open: bool) -> None:
        """Close the form; nothing is done."""
        self.asked = AlertRow()

    @rx.event(background=True)
    @allowed("operator")
    async def submit(self, form: dict[str, Any]) -> None:
        """Do what is chosen, with the note."""
        typed = form.get("note") if isinstance(form, Mapping) else None
        async with self:
            asked, choice = self.asked, self.choice
            if choice != NOTE:
                self.asked = AlertRow()
        if choice == NOTE:
            await self._change(asked, typed)
            return
        note = "" if typed is None else typed
        if choice == ACKNOWLEDGE:
            outcome = await act(who(self), "acknowledge", asked.key, asked.id, note)
        else:
            outcome = await snooze(who(self), asked.key, asked.id, choice, note)
        async with self:
            (await self.get_state(AlertsState))._tell(outcome)

    async def _change(self, asked: AlertRow, note: object) -> None:
        """Change the note. Where that is refused the form stays open, and what is typed in it stays, too."""
        outcome = await act(who(self), NOTE, asked.key, asked.id, note, seen=asked.note)
        async with self:
            alerts = await self.get_state(AlertsState)
            if self.asked.key != asked.key:
                alerts._tell(outcome)  # it was closed meanwhile
            elif outcome.done:
                self.asked = AlertRow()
                alerts._tell(outcome)
            else:
                self.problem = outcome.sentence
                row = alerts._row(asked.key)
                if row is not None and row.id == asked.id and row.note != asked.note:
                    self.asked = row
                    self.problem = f"{outcome.sentence} It is now: “{row.note}”. Save again to replace it."
