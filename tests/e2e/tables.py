"""A data table of the page as its readers know it: by the roles and names of its parts."""

from typing import Any

from playwright.sync_api import Locator, expect


class DataTable:
    """A table in one of the regions.

    Args:
        place: the region.
        title: its name.
    """

    def __init__(self, place: Locator, title: str) -> None:
        self.title = title
        self.table = place.get_by_role("table", name=title, exact=True)
        self.scroller = place.get_by_role("region", name=f"{title}, table", exact=True)
        self.search = place.get_by_role("searchbox", name=f"Search {title}")
        self.csv = place.get_by_role("link", name=f"CSV of {title}")
        itself = place.page.get_by_role("table", name=title, exact=True)
        self.whole = place.locator("[data-table]").filter(has=itself)

    def loaded(self) -> "DataTable":
        """Bring it into sight, and wait until its rows are there."""
        self.scroller.scroll_into_view_if_needed()
        expect(self.whole).to_have_attribute("data-state", "ready")
        return self

    def heading(self, name: str) -> Locator:
        """The heading of a column."""
        return self.table.get_by_role("columnheader", name=name, exact=True)

    @property
    def names(self) -> Locator:
        """The first cells of the rows that are in the document."""
        return self.table.get_by_role("rowheader")

    def cells(self, name: str) -> Locator:
        """The further cells of the row of that first cell."""
        first = self.table.page.get_by_role("rowheader", name=name, exact=True)
        return self.table.get_by_role("row").filter(has=first).get_by_role("cell")

    def count(self, text: str) -> Locator:
        """The words beside the title that say how many rows there are."""
        return self.whole.get_by_text(text, exact=True)

    def states(self) -> dict[str, Any]:
        """How far it is scrolled, and which rows are in the document (from 1)."""
        return self.scroller.evaluate(_STATES)


_STATES = """scroller => ({
    top: scroller.scrollTop,
    rows: [...scroller.querySelectorAll("tbody tr[aria-rowindex]")].map(row => Number(row.ariaRowIndex) - 1),
})"""
