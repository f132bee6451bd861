"""A chart of the page as its readers know it: by the roles and names of its parts."""

from playwright.sync_api import Locator, expect

TITLES = ("Response time", "Request rate", "Error rate", "Database query time")
"""The charts of the performance section."""


class Chart:
    """A chart, on the page or in a sheet.

    Args:
        place: what holds it.
        title: its name.
    """

    def __init__(self, place: Locator, title: str) -> None:
        self.figure = place.get_by_role("figure", name=title, exact=True)
        self.title = title

    def drawn(self) -> "Chart":
        """Wait until its lines are drawn."""
        self.figure.scroll_into_view_if_needed()
        expect(self.figure).to_have_attribute("data-state", "ready")
        expect(self.surface).to_be_visible()
        return self

    @property
    def caption(self) -> Locator:
        """The sentence that says the chart in words."""
        return self.figure.locator("figcaption")

    @property
    def legend(self) -> Locator:
        """The names of its lines."""
        return self.figure.get_by_role("list", name="Legend").get_by_role("listitem")

    @property
    def surface(self) -> Locator:
        """What answers to mouse, keyboard and touch."""
        return self.figure.get_by_role("application", name=f"{self.title}, point by point")

    @property
    def tooltip(self) -> Locator:
        """The values at the moment that is being looked at."""
        return self.figure.get_by_role("tooltip")

    @property
    def crosshair(self) -> Locator:
        """The line through that moment."""
        return self.figure.locator("[data-crosshair]")

    def moment(self) -> float:
        """Where the crosshair is, unix seconds."""
        return float(self.crosshair.get_attribute("data-crosshair") or "nan")

    @property
    def lines(self) -> Locator:
        """The lines of the picture, with those of the period before."""
        return self.figure.locator("path.recharts-line-curve")

    @property
    def zoom_in(self) -> Locator:
        """The button that zooms."""
        return self.figure.get_by_role("button", name="Zoom in")

    @property
    def reset_zoom(self) -> Locator:
        """The button that is there while a part of the range is shown."""
        return self.figure.get_by_role("button", name="Reset zoom")

    @property
    def as_table(self) -> Locator:
        """The button that shows the values as a table, and again as a picture."""
        return self.figure.get_by_role("button", name="Show as table")

    @property
    def table(self) -> Locator:
        """The table."""
        return self.figure.get_by_role("region", name=f"{self.title}, table")

    def show_table(self) -> "Chart":
        """Show the values as a table."""
        self.as_table.click()
        expect(self.table).to_be_visible()
        return self

    def values(self) -> dict[int, list[float | None]]:
        """The values of the table by the time of their row, unix seconds; oldest first, a column each."""
        rows = self.table.evaluate(_ROWS)
        return {int(at): values for at, values in reversed(rows)}


_ROWS = """table => [...table.querySelectorAll("tr[data-at]")].map(row => [
    row.dataset.at,
    [...row.querySelectorAll("td")].map(cell => cell.dataset.value ? Number(cell.dataset.value) : null),
])"""
