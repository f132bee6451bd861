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
CHOICES = (ACKNOWLEDGE, *SNOOZES, UNTIL_RESOLVED)


class AlertNoteState(rx.State):
    """The alert as it was when it was asked about; without a key the form is closed. The browser holds the note."""

    asked: rx.Field[AlertRow] = rx.field(default_factory=AlertRow)
    choice: str = ACKNOWLEDGE

    @rx.event
    @allowed("operator")
    async def ask(self, key: str, choice: str) -> None:
        """Open the form about an alert; of one that is not shown there is none."""
        row = (await self.get_state(AlertsState))._row(key)
        if row is not None:
            self.asked = row
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
        note = form.get("note", "") if isinstance(form, Mapping) else ""
        async with self:
            asked, choice = self.asked, self.choice
            self.asked = AlertRow()
        if choice == ACKNOWLEDGE:
            outcome = await act(who(self), "acknowledge", asked.key, asked.id, note)
        else:
            outcome = await snooze(who(self), asked.key, asked.id, choice, note)
        async with self:
            (await self.get_state(AlertsState))._tell(outcome)
