"""What an operator can do about the cache. Every argument comes from a browser, and is checked here."""

import reflex as rx

from ops_dashboard.monitor.service import monitor
from ops_dashboard.state.access import allowed
from ops_dashboard.state.dialogs import CLEAR_CACHE, DialogsState
from ops_dashboard.state.session import who
from ops_dashboard.state.whole_number import is_whole_number


class CacheActionsState(rx.State):
    """What this tab is told of its own wish to clear the cache; what came of it all tabs are told."""

    not_sent: str = ""
    """Why nothing was sent; empty where it was."""
    dismissed: int = 0
    """The number of the last run whose result was put away in this tab."""

    @rx.event(background=True)
    @allowed("operator")
    async def clear(self, after: int) -> None:
        """Clear the cache, as confirmed in the open dialog; ``after`` is the last run that was shown there.

        The dialog closes with the first confirmation: a second one, as by a double click, finds it closed.
        """
        if not is_whole_number(after):
            return
        async with self:
            dialogs = await self.get_state(DialogsState)
            if dialogs.open_dialog != CLEAR_CACHE:
                return
            dialogs._open("")
            self.not_sent = ""
        answer = await monitor().actions.clear_cache(who(self), after)
        async with self:
            self.not_sent = answer.sentence

    @rx.event
    @allowed("viewer")
    def dismiss(self, number: int) -> None:
        """Put away what is told of the run of this number, in this tab alone."""
        if is_whole_number(number):
            self.dismissed = number
            self.not_sent = ""
