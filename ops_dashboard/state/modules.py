"""Module health: the tiles, and how this tab filters and sorts them."""

import reflex as rx

from ops_dashboard.domain.views.modules import ModulesView, Tile, arrange
from ops_dashboard.state.access import allowed
from ops_dashboard.state.by_hand import ByHand
from ops_dashboard.state.empty import EMPTY_PAGE

STATUSES = ("all", "healthy", "degraded", "down", "unknown", "not_applicable")
SORTS = ("status", "name", "response")


class ModulesState(ByHand, rx.State):
    """Filter and sort live in the URL: a link shows a colleague what you see."""

    view: rx.Field[ModulesView] = rx.field(default_factory=lambda: EMPTY_PAGE.modules)
    status: str = STATUSES[0]
    sort: str = SORTS[0]

    @rx.event
    @allowed("viewer")
    def choose_status(self, status: str) -> None:
        """Show only modules of one status; a word that is no choice changes nothing."""
        if status in STATUSES:
            self._choose()
            self.status = status

    @rx.event
    @allowed("viewer")
    def choose_sort(self, sort: str) -> None:
        """Sort by one of the three orders; a word that is no choice changes nothing."""
        if sort in SORTS:
            self._choose()
            self.sort = sort

    @rx.event
    @allowed("viewer")
    def read_url(self) -> None:
        """Take filter and sort from the address the page was opened with."""
        if self._is_chosen():
            return
        asked = self.router.url.query_parameters
        status, sort = asked.get("status", STATUSES[0]), asked.get("sort", SORTS[0])
        self.status = status if status in STATUSES else self.status
        self.sort = sort if sort in SORTS else self.sort

    @rx.var
    def tiles(self) -> list[Tile]:
        """The modules this tab shows, in its order."""
        return arrange(self.view.tiles, self.status, self.sort)

    @rx.var
    def components(self) -> list[Tile]:
        """The components this tab shows, in its order."""
        return arrange(self.view.components, self.status, self.sort)
