"""The dialog "Alert preferences" as its users know it."""

from playwright.sync_api import Locator, Page, expect


class AlertPreferences:
    """The dialog.

    Args:
        page: the browser's tab.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.dialog = page.get_by_role("dialog", name="Alert preferences")

    def open(self) -> "AlertPreferences":
        """Open it from the header."""
        self.page.get_by_role("banner").get_by_role("button", name="Alert preferences").click()
        expect(self.rule("Error rate")).to_be_visible()
        return self

    def close(self) -> None:
        """Close it; what is typed stays."""
        self.page.keyboard.press("Escape")
        expect(self.dialog).to_be_hidden()

    def rule(self, title: str) -> Locator:
        """What belongs to one rule."""
        return self.dialog.get_by_role("group", name=title, exact=True)

    def field(self, title: str, label: str) -> Locator:
        """A number of a rule: "Warning above", "Critical above", "For at least" …"""
        return self.rule(title).get_by_role("textbox", name=label)

    def watched(self, title: str) -> Locator:
        """The switch of a rule."""
        return self.rule(title).get_by_role("switch", name=title, exact=True)

    def change(self, title: str, label: str, text: str) -> Locator:
        """Type into a field and leave it; gives the field."""
        field = self.field(title, label)
        field.fill(text)
        field.blur()
        return field

    def button(self, name: str) -> Locator:
        """One of its buttons: "Save", "Discard changes", "Reset all…" …"""
        return self.dialog.get_by_role("button", name=name, exact=True)

    def save(self) -> None:
        """Save, and wait until that is confirmed."""
        self.button("Save").click()
        expect(self.told).to_have_text("Saved. It holds for everybody from the next reading on.")

    @property
    def told(self) -> Locator:
        """What came of the last thing done here."""
        return self.dialog.get_by_role("contentinfo").get_by_role("status")

    def confirm_reset(self) -> None:
        """Say yes to the question whether to go back to the defaults."""
        question = self.page.get_by_role("dialog", name="Reset to defaults")
        question.get_by_role("button", name="Reset", exact=True).click()
        expect(question).to_be_hidden()
