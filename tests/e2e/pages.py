"""The operations page as its users know it: by the roles and names of its parts."""

import re
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.e2e.charts import Chart


class OpsPage:
    """The page in a browser.

    Args:
        page: the browser's tab.
        url: the address of the page.
    """

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url

    def open(self, query: str = "") -> "OpsPage":
        """Go to the page, with a query as "?status=down" or none."""
        self.page.goto(self.url + query)
        return self

    def open_live(self, query: str = "") -> "OpsPage":
        """Go to the page and wait until it shows data of the backend."""
        self.open(query)
        expect(self.page.locator("[data-figure][data-display=value]").first).to_be_visible()
        expect(self.page.locator("[data-later]")).to_have_count(0)
        return self

    @property
    def heading(self) -> Locator:
        """The title of the page."""
        return self.page.get_by_role("heading", level=1, name="System operations")

    def region(self, name: str) -> Locator:
        """A part of the page by its title."""
        return self.page.get_by_role("region", name=name, exact=True)

    def figure(self, key: str, region: str = "Key metrics") -> Locator:
        """A figure by its key, in one of the regions that show it."""
        return self.region(region).locator(f'[data-figure="{key}"]')

    @property
    def updated(self) -> Locator:
        """The line of the header about how old everything is, and when it will be renewed."""
        return self.page.get_by_role("banner").get_by_test_id("updated")

    @property
    def refresh_now(self) -> Locator:
        """The button that refreshes."""
        return self.page.get_by_role("button", name="Refresh now")

    def refresh(self) -> None:
        """Press the button, and wait until the page shows what came of it."""
        self.await_refresh(press=True)

    def await_refresh(self, *, press: bool = False) -> None:
        """Wait until the page shows the next refresh, which comes by itself or by the button."""
        time = self.updated.get_by_role("time")
        before = str(time.get_attribute("datetime"))
        if press:
            self.refresh_now.click()
        expect(time).not_to_have_attribute("datetime", before)

    @property
    def auto_refresh(self) -> Locator:
        """The switch that holds the display still."""
        return self.page.get_by_role("switch", name="Auto-refresh")

    @property
    def modules(self) -> Locator:
        """The tiles of the modules, in the order of the page."""
        return self.region("Module health").get_by_role("list", name="Modules").get_by_role("listitem")

    def module(self, name: str) -> Locator:
        """The tile of one module."""
        return self.modules.filter(has=self.page.get_by_text(name, exact=True))

    def module_button(self, name: str) -> Locator:
        """What opens the sheet of a module."""
        return self.module(name).get_by_role("button", name=name, exact=True)

    def module_sheet(self, name: str) -> Locator:
        """The sheet about one module."""
        return self.page.get_by_role("dialog", name=f"Module {name}", exact=True)

    def chart(self, title: str) -> Chart:
        """A chart of the performance section, once its lines are drawn."""
        return Chart(self.region("Performance"), title).drawn()

    def range_choice(self, span: str) -> Locator:
        """One of the time ranges of the header."""
        ranges = self.page.get_by_role("banner").get_by_role("radiogroup", name="Time range")
        return ranges.get_by_role("radio", name=span, exact=True)

    def choose_range(self, span: str) -> None:
        """Choose a time range, and wait until it holds."""
        self.range_choice(span).click()
        expect(self.range_choice(span)).to_be_checked()

    @property
    def compare(self) -> Locator:
        """The switch that lays the period before over the charts."""
        return self.page.get_by_role("switch", name="Compare")

    @property
    def banner(self) -> Locator:
        """The one banner over everything, when the backend is gone."""
        return self.page.get_by_test_id("backend-banner").filter(visible=True)

    @property
    def watchdog(self) -> Locator:
        """The bar that tells that the page itself is no longer updated."""
        return self.page.get_by_text("not updating since")

    @property
    def sources(self) -> Locator:
        """The sheet about the data sources."""
        return self.page.get_by_role("dialog", name="Data sources")

    @property
    def sources_button(self) -> Locator:
        """The button that opens the sheet."""
        return self.page.get_by_role("button", name="Data sources")

    def source(self, name: str) -> Locator:
        """The row of one source in the open sheet."""
        return self.sources.locator(f'[data-source="{name}"]')

    def expect_query(self, **query: str) -> None:
        """Wait until the address says this and nothing else; the time range, which it always says, is 1h."""
        said = {"range": "1h", **query}
        each = "".join(rf"(?=.*[?&]{name}={re.escape(value)}(&|$))" for name, value in said.items())
        one = r"[^&]+(&|$)"
        expect(self.page).to_have_url(re.compile(rf"^{re.escape(self.url)}{each}\?({one}){{{len(said)}}}$"))

    def choose(self, combobox: str, option: str) -> None:
        """Choose one of the options of a combobox."""
        self.page.get_by_role("combobox", name=combobox).click()
        self.page.get_by_role("option", name=option, exact=True).click()

    def choose_theme(self, theme: str) -> None:
        """Choose Light, Dark or System."""
        self.page.get_by_role("button", name="Display").click()
        self.page.get_by_role("radiogroup", name="Theme").get_by_role("radio", name=theme).click()
        self.page.keyboard.press("Escape")
        expect(self.page.get_by_role("radiogroup", name="Theme")).to_be_hidden()

    def scrolls_sideways(self) -> bool:
        """Whether the page is wider than its window."""
        return self.page.evaluate(
            "document.scrollingElement.scrollWidth > document.scrollingElement.clientWidth"
        )

    def accessibility_violations(self, *within: str) -> list[str]:
        """What axe finds wrong with the page as it is now: one line for each rule and element.

        ``within``: selectors of the parts to look at; the whole page without any.
        """
        self.page.evaluate(_TRANSITIONS_END)  # in the middle of one, colours are not those meant
        found: list[dict[str, Any]] = (
            Axe().run(self.page, context=[[each] for each in within] or None).response["violations"]
        )
        return [
            f"{rule['id']} ({rule['impact']}): {rule['help']} at {node['target']}"
            for rule in found
            for node in rule["nodes"]
        ]


_TRANSITIONS_END = """() => Promise.allSettled(
    document.getAnimations().filter(a => a.effect.getTiming().iterations !== Infinity).map(a => a.finished)
)"""


def reading(text: str) -> re.Pattern[str]:
    """Matches what is displayed as ``text``, as in "12.5 %", but not as a part of a longer number or word."""
    words = r"\s*".join(re.escape(word) for word in text.split())
    return re.compile(rf"(?<![\w.,<-]){words}(?![\w%]|[.,]\d)")


def expect_reading(place: Locator, text: str) -> None:
    """Wait until ``place`` displays the number, or the word, ``text``."""
    expect(place).to_have_text(reading(text), use_inner_text=True)
