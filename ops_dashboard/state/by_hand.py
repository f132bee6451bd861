"""Who has the last word on what the page's address names: a hand that chose something, or the address."""

import reflex as rx


class ByHand(rx.State, mixin=True):
    """Choices that the address names.

    The first data is shown before the events of the page's load have read the address: somebody may have
    clicked meanwhile. Over one connection, what was chosen by hand is therefore never taken back by it.
    """

    _chosen_over: str | None = None
    """The connection over which something was chosen by hand."""

    def _choose(self) -> None:
        """Something is chosen by hand."""
        self._chosen_over = self.router.session.session_id

    def _is_chosen(self) -> bool:
        """Whether the address comes too late."""
        return self._chosen_over == self.router.session.session_id
