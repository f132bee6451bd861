"""The sheet "Alert history" as its readers know it."""

from pathlib import Path

from playwright.sync_api import Locator, Page, expect


class AlertHistory:
    """The sheet.

    Args:
        page: the browser's tab.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.dialog = page.get_by_role("dialog", name="Alert history")

    def open(self) -> "AlertHistory":
        """Open it from the header, and wait for its rows."""
        self.page.get_by_role("banner").get_by_role("button", name="Alert history").click()
        expect(self.rows.first).to_be_visible()
        return self

    @property
    def rows(self) -> Locator:
        """The incidents, newest first."""
        return self.dialog.locator("tr[data-incident]")

    def row(self, text: str) -> Locator:
        """The incidents whose row has this text."""
        return self.rows.filter(has_text=text)

    @property
    def count(self) -> Locator:
        """Which of how many are shown, as "1–25 of 40"."""
        return self.dialog.get_by_role("contentinfo").get_by_role("status")

    @property
    def search(self) -> Locator:
        """The field for words to look for."""
        return self.dialog.get_by_role("searchbox", name="Search the history")

    def choose(self, what: str, option: str) -> None:
        """Choose a "Severity", a "State" or a "Source"."""
        self.dialog.get_by_role("combobox", name=what).click()
        self.page.get_by_role("option", name=option, exact=True).click()

    def button(self, name: str) -> Locator:
        """One of its buttons: "Clear", "Newer", "Older", "All alerts"."""
        return self.dialog.get_by_role("button", name=name, exact=True)

    def look_at(self, text: str) -> None:
        """Open the one incident whose row has this text."""
        self.row(text).get_by_role("button").click()
        expect(self.happenings.first).to_be_visible()

    @property
    def happenings(self) -> Locator:
        """What happened to the incident that is looked at, oldest first."""
        return self.dialog.get_by_role("region", name="What happened").get_by_role("listitem")

    def export(self, kind: str) -> tuple[str, str]:
        """Save what was found, as "CSV" or "JSON": the file's name and its text."""
        with self.page.expect_download() as saved:
            self.dialog.get_by_role("link", name=f"Export {kind}").click()
        return saved.value.suggested_filename, Path(saved.value.path()).read_text(encoding="utf-8-sig")
