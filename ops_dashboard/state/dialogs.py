"""Which dialog or sheet this tab has open: it lives in the URL."""

import reflex as rx

from ops_dashboard.state.access import allowed
from ops_dashboard.state.by_hand import ByHand

CLEAR_CACHE = "clear-cache"
GENERATE_EMBEDDINGS = "generate-embeddings"
DIALOGS = ("", "sources", CLEAR_CACHE, GENERATE_EMBEDDINGS)


class DialogsState(ByHand, rx.State):
    """The one open dialog; empty for none."""

    open_dialog: str = ""

    @rx.event
    @allowed("viewer")
    def show(self, name: str) -> None:
        """Open a dialog by its name, or close with an empty one; an unknown name changes nothing."""
        if name in DIALOGS:
            self._open(name)

    @rx.event
    @allowed("viewer")
    def close(self, _open: bool) -> None:
        """Close whatever is open."""
        self._open("")

    @rx.event
    @allowed("viewer")
    def read_url(self) -> None:
        """Open what the address names."""
        named = self.router.url.query_parameters.get("open", "")
        if named in DIALOGS and not self._is_chosen():
            self.open_dialog = named

    def _open(self, name: str) -> None:
        """Somebody opens a dialog, or closes what is open with an empty name."""
        self._choose()
        self.open_dialog = name
