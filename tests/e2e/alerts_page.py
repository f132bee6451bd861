"""The alerts of the page as its readers know them: by the roles and names of their parts."""

import re
from typing import Any
from urllib.parse import quote

import httpx
from playwright.sync_api import Locator, Page, expect

from tests.e2e.demo import Demo
from tests.e2e.pages import OpsPage

ERROR_RATE, RESPONSE_TIME, QUEUE, CACHE = "error_rate|", "response_time|", "worker_queue|", "cache_hit_rate|"
UNREACHABLE = "backend_unreachable|"
"""The keys of some alerts."""

CRITICAL = {"performance.error_rate": 12}
WARNING = {"performance.error_rate": 6}
WELL = {"performance.error_rate": 0.5}
"""What makes the error rate critical, a warning, and neither."""

_LISTEN = """
window.heard = [];
window.said = [];
for (const kind of ["sound", "interruption"])
    window.addEventListener(`ops:${kind}`, ({ detail }) => heard.push(`${kind} ${detail.severity}`));
new MutationObserver((changes) => {
    for (const { target, addedNodes } of changes)
        if (target.closest?.("[data-region=interruption]"))
            said.push(...[...addedNodes].map((node) => node.textContent));
}).observe(document, { childList: true, subtree: true });
"""


def calm(demo: Demo) -> None:
    """Take away what the demo may show by itself."""
    demo.set({"jobs": [], **WELL})


def many_down(count: int) -> dict[str, Any]:
    """So many modules more, all of them down."""
    down = {"status": "down", "response_time_ms": 80, "error_count": 3}
    return {f"health.modules.extra-{number:02}": down for number in range(1, count + 1)}


def listen(page: Page) -> None:
    """Note from the next load on what the page sounds and what it has read out at once."""
    page.add_init_script(_LISTEN)


class AlertsPage:
    """The alerts on the operations page.

    Args:
        ops: the page.
    """

    def __init__(self, ops: OpsPage) -> None:
        self.ops = ops
        self.page = ops.page
        self.region = ops.region("Active alerts")

    def quiet(self) -> "AlertsPage":
        """Wait until there is no alert."""
        expect(self.region).to_contain_text("No active alerts.")
        return self

    def colleague(self) -> "AlertsPage":
        """The same page in another tab."""
        return AlertsPage(OpsPage(self.page.context.new_page(), self.ops.url).open_live())

    @property
    def rows(self) -> Locator:
        """The alerts, worst first; those of a closed group are not among them."""
        return self.page.locator("[data-alert]")

    def row(self, key: str) -> Locator:
        """One alert by its key, also beneath an open dialog, where no role reaches it."""
        return self.page.locator(f'[data-alert="{key}"]')

    def button(self, key: str, action: str) -> Locator:
        """A button of an alert, by the beginning of its name."""
        return self.row(key).get_by_role("button", name=re.compile(f"^{action} "))

    def choose(self, key: str, menu: str, line: str) -> None:
        """Choose a line of one of an alert's menus."""
        self.button(key, menu).click()
        self.page.get_by_role("menuitem", name=line, exact=True).click()

    def expect_handled(self, key: str, how: str) -> None:
        """Wait until an alert is "new", "acknowledged" or "snoozed"."""
        expect(self.row(key)).to_have_attribute("data-handled", how)

    @property
    def outcome(self) -> Locator:
        """What came of the last action."""
        return self.region.get_by_role("status")

    def expect_outcome(self, sentence: str) -> None:
        """Wait for the outcome; a busy machine may save what was done only after it is told."""
        done = re.escape(sentence.removesuffix("."))
        expect(self.outcome).to_have_text(re.compile(rf"^{done}(\.|; not saved yet: .+)$"))

    @property
    def undo(self) -> Locator:
        """The button that takes a dismissal back."""
        return self.region.get_by_role("button", name="Undo", exact=True)

    @property
    def bell(self) -> Locator:
        """The button that opens the history, with how many alerts are new."""
        return self.page.get_by_role("banner").get_by_role("button", name="Alert history")

    @property
    def settings(self) -> Locator:
        """The button that opens the preferences."""
        return self.page.get_by_role("banner").get_by_role("button", name="Alert preferences")

    @property
    def note(self) -> Locator:
        """The dialog in which an alert is handled with a note."""
        return self.page.get_by_role("dialog", name="Handle alert")

    def handle_with_note(self, key: str, choice: str, note: str) -> None:
        """Acknowledge or snooze an alert and say why."""
        self.choose(key, "More actions", "Acknowledge with a note…")
        self.note.get_by_role("radio", name=choice, exact=True).click()
        self.note.get_by_role("textbox", name="Note").fill(note)
        submit = "Acknowledge" if choice == "Acknowledge" else "Snooze"
        self.note.get_by_role("button", name=submit, exact=True).click()
        expect(self.note).to_be_hidden()

    @property
    def spoken(self) -> Locator:
        """What a screen reader is told at once."""
        return self.page.locator("[data-region=interruption]")

    def said(self) -> list[str]:
        """All that was read out at once since `listen`."""
        return self.page.evaluate("said")

    def heard(self, kind: str) -> list[str]:
        """The severities of each "sound" or "interruption" since `listen`."""
        return [
            word.removeprefix(f"{kind} ") for word in self.page.evaluate("heard") if word.startswith(kind)
        ]

    def expect_icon(self, mark: str) -> None:
        """Wait until the icon of the tab shows "!", "?" or a count."""
        drawn = re.compile(re.escape(quote(f">{mark}<", safe="!")))
        expect(self.page.locator("head link[rel~=icon]")).to_have_attribute("href", drawn)

    def served(self) -> dict[str, Any]:
        """What scripts are told of the open alerts."""
        return httpx.get(f"{self.ops.url.removesuffix('/ops')}/api/alerts").json()
