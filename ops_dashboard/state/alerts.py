"""Active alerts, and what this tab's operator does about them."""

import reflex as rx

from ops_dashboard.domain.alerts.state import Handled
from ops_dashboard.domain.views.alert_rows import AlertRow
from ops_dashboard.domain.views.alerts import AlertsView, active_rows
from ops_dashboard.state.access import allowed
from ops_dashboard.state.alert_actions import Outcome, acknowledge_all, act, snooze
from ops_dashboard.state.session import who


class AlertsState(rx.State):
    """All open alerts. They are shown also while the display is paused."""

    view: rx.Field[AlertsView] = rx.field(default_factory=AlertsView)
    outcome: rx.Field[Outcome] = rx.field(default_factory=Outcome)
    told: int = 0
    """Grows with every outcome: the same sentence may be told twice."""

    # All that writes to the database is done in the background: the tab must not stand still meanwhile.

    @rx.event(background=True)
    @allowed("operator")
    async def acknowledge(self, key: str, incident: int, note: str) -> None:
        """Take care of an alert."""
        outcome = await act(who(self), "acknowledge", key, incident, note)
        async with self:
            self._tell(outcome)

    @rx.event(background=True)
    @allowed("operator")
    async def snooze(self, key: str, incident: int, choice: str, reason: str) -> None:
        """Keep an alert quiet for "15m", "1h" or "4h", or until it is "resolved"."""
        outcome = await snooze(who(self), key, incident, choice, reason)
        async with self:
            self._tell(outcome)

    @rx.event(background=True)
    @allowed("operator")
    async def unsnooze(self, key: str, incident: int) -> None:
        """Let a snoozed alert be heard again."""
        outcome = await act(who(self), "unsnooze", key, incident)
        async with self:
            self._tell(outcome)

    @rx.event(background=True)
    @allowed("operator")
    async def dismiss(self, key: str, incident: int) -> None:
        """Put an alert away until it is resolved. This can be undone."""
        outcome = await act(who(self), "dismiss", key, incident)
        async with self:
            self._tell(outcome)

    @rx.event(background=True)
    @allowed("operator")
    async def restore(self, key: str, incident: int) -> None:
        """Undo a dismissal."""
        outcome = await act(who(self), "restore", key, incident)
        async with self:
            self._tell(outcome)

    @rx.event(background=True)
    @allowed("operator")
    async def acknowledge_group(self, key: str) -> None:
        """Take care of all alerts of a group that nobody handles yet."""
        async with self:
            rows = [row for group in self.view.groups if group.key == key for row in group.rows]
            new = [row for row in rows if row.handled == Handled.NEW]
        if new:
            outcome = await acknowledge_all(who(self), [(row.key, row.id) for row in new])
            async with self:
                self._tell(outcome)

    @rx.event
    @allowed("viewer")
    def tell_copied(self, copied: bool) -> None:
        """Say whether the link to an alert is in the clipboard."""
        told = "The link is copied." if copied is True else "This browser did not let the link be copied."
        self._tell(Outcome(told, copied is True))

    def _row(self, key: object) -> AlertRow | None:
        """The alert of this key, if it is among those shown."""
        shown = (*active_rows(self.view), *self.view.dismissed)
        return next((row for row in shown if row.key == key), None)

    def _tell(self, outcome: Outcome) -> None:
        if outcome.sentence:
            self.outcome, self.told = outcome, self.told + 1
