"""Starting a run that generates sparse embeddings. Every argument comes from a browser, and is checked here."""

import reflex as rx

from ops_dashboard.domain.embeddings.batch import batch_size
from ops_dashboard.monitor.service import monitor
from ops_dashboard.state.access import allowed
from ops_dashboard.state.dialogs import GENERATE_EMBEDDINGS, DialogsState
from ops_dashboard.state.session import who
from ops_dashboard.state.whole_number import is_whole_number

LONGEST = 40
"""Characters that can be typed as a batch size."""


class EmbeddingActionsState(rx.State):
    """What this tab is told of its own wish to start a run; how the run goes all tabs are told."""

    batch: str = ""
    """The batch size as it was typed; empty where the backend is to choose."""
    problem: str = ""
    """What is wrong with it; empty while nothing is."""
    not_sent: str = ""
    """Why nothing was sent; empty where it was."""
    dismissed: int = 0
    """The number of the last run whose result was put away in this tab."""

    @rx.event
    @allowed("viewer")
    def set_batch(self, text: str) -> None:
        """Take what was typed, and say what is wrong with it."""
        if isinstance(text, str):
            self.batch = text[:LONGEST]
            self.problem = _problem(self.batch)

    @rx.event(background=True)
    @allowed("operator")
    async def start(self, after: int) -> None:
        """Start a run, as confirmed in the open dialog; ``after`` is the last run that was shown there.

        The dialog closes with the first confirmation: a second one, as by a double click, finds it closed.
        """
        if not is_whole_number(after):
            return
        async with self:
            dialogs = await self.get_state(DialogsState)
            if dialogs.open_dialog != GENERATE_EMBEDDINGS or _problem(self.batch):
                return
            size = batch_size(self.batch)
            dialogs._open("")
            self.batch = self.not_sent = ""
        answer = await monitor().embeddings.start(who(self), size, after)
        async with self:
            self.not_sent = answer.sentence

    @rx.event
    @allowed("viewer")
    def dismiss(self, number: int) -> None:
        """Put away what is told of the run of this number, in this tab alone."""
        if is_whole_number(number):
            self.dismissed = number
            self.not_sent = ""


def _problem(text: str) -> str:
    try:
        batch_size(text)
    except ValueError as problem:
        return str(problem)
    return ""
