"""Which dialog or sheet this tab has open: it lives in the URL."""

import reflex as rx

from ops_dashboard.state.access import allowed

CLEAR_CACHE = "clear-cache"
GENERATE_EMBEDDINGS = "generate-embeddings"
DIALOGS = ("", "sources", CLEAR_CACHE, GENERATE_EMBEDDINGS)


class DialogsState(rx.State):
    """The one open dialog; empty for none."""

    open_dialog: str = ""

    @rx.event
    @allowed("viewer")
    def show(self, name: str) -> None:
        """Open a dialog by its name, or close with an empty one; an unknown name changes nothing."""
        if name in DIALOGS:
            self.open_dialog = name

    @rx.event
    @allowed("viewer")
    def close(self, _open: bool) -> None:
        """Close whatever is open."""
        self.open_dialog = ""

    @rx.event
    @allowed("viewer")
    def read_url(self) -> None:
        """Open what the address names."""
        self.show(self.router.url.query_parameters.get("open", ""))
