"""Clearing the cache: asked first, sent once, and what came of it told in every tab."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.dashboard_server import DashboardServer, StartDashboard
from tests.e2e.conftest import Watch
from tests.e2e.demo import Demo
from tests.e2e.pages import OpsPage
from tests.e2e.waiting import until
from tests.replay import RECORDINGS, replay_app
from tests.servers import serving

pytestmark = pytest.mark.criterion("7.6.5")

CALL = "/api/monitoring/cache/clear"
KEYS_CLEARED = re.compile(r"Done\. [\d,]+ keys cleared\.")
# No refresh comes by itself while the test runs.
RARELY = {"OPS_REFRESH_SECONDS": "3600"}


class CacheSection:
    """The section "Cache" as its operator knows it."""

    def __init__(self, ops: OpsPage) -> None:
        self.ops = ops
        self.region = ops.region("Cache")
        self.dialog = ops.page.get_by_role("dialog", name="Clear cache", exact=True)

    @property
    def button(self) -> Locator:
        """What opens the dialog."""
        return self.region.get_by_role("button", name="Clear cache", exact=True)

    @property
    def confirm(self) -> Locator:
        """What clears the cache."""
        return self.dialog.get_by_role("button", name="Clear cache", exact=True)

    @property
    def result(self) -> Locator:
        """What came of it, for every tab; also beneath an open dialog, where no role reaches it."""
        return self.ops.page.locator("#cache [data-action-state]")

    def ask(self) -> "CacheSection":
        """Open the dialog."""
        self.button.click()
        expect(self.dialog).to_be_visible()
        return self

    def colleague(self) -> "CacheSection":
        """The same page in another tab."""
        return CacheSection(OpsPage(self.ops.page.context.new_page(), self.ops.url).open_live())

    def hit_rate(self) -> float:
        """The figure as it stands, in percent."""
        read = re.search(r"([\d.]+)\s*%", self.ops.figure("cache.hit_rate", "Cache").inner_text())
        assert read
        return float(read[1])


@pytest.fixture(scope="module")
def unable(standing: StartDashboard) -> Iterator[DashboardServer]:
    """A dashboard on a recorded backend that has no such call."""
    with serving(replay_app(RECORDINGS / "all-up-busy", RECORDINGS / "openapi.json")) as url:
        yield standing(OPS_BACKEND_URL=url)


@pytest.mark.criterion("7.6.1", "nfr.accessibility.2")
def test_it_is_cleared_with_the_keyboard_alone_and_every_tab_is_told(demo: Demo, watch: Watch) -> None:
    cache = CacheSection(watch(**RARELY))
    other = cache.colleague()
    keyboard = cache.ops.page.keyboard
    cache.ops.page.bring_to_front()
    before = cache.hit_rate()
    cache.button.focus()
    keyboard.press("Enter")
    expect(cache.dialog).to_contain_text(re.compile(r"Everything in the cache: [\d,.]+ MB"))
    expect(cache.dialog).to_contain_text(re.compile(r"The hit rate, [\d.]+ % now, starts cold"))
    cache.ops.expect_query(open="clear-cache")
    cache.confirm.focus()
    keyboard.press("Enter")
    expect(cache.dialog).to_be_hidden()
    expect(cache.button).to_be_focused()
    for tab in (cache, other):
        expect(tab.result.get_by_role("status").first).to_have_text(KEYS_CLEARED)
        expect(tab.result).to_contain_text("by an operator")
        until(lambda tab=tab: tab.hit_rate() < before, "a hit rate that starts cold")
    assert demo.calls()[CALL] == 1
    cache.result.get_by_role("button", name="Dismiss").focus()
    keyboard.press("Enter")
    expect(cache.result).to_have_attribute("data-action-state", "idle")
    expect(cache.button).to_be_focused()
    expect(other.result).to_have_attribute("data-action-state", "done")


@pytest.mark.thorough
def test_a_dialog_that_is_left_sends_nothing(demo: Demo, watch: Watch) -> None:
    cache = CacheSection(watch(**RARELY)).ask()
    cache.dialog.get_by_role("button", name="Cancel").click()
    expect(cache.dialog).to_be_hidden()
    expect(cache.button).to_be_focused()
    cache.ask().ops.page.keyboard.press("Escape")
    expect(cache.dialog).to_be_hidden()
    assert demo.calls()[CALL] == 0


@pytest.mark.thorough
def test_pressed_twice_and_in_two_tabs_it_is_sent_once(demo: Demo, watch: Watch) -> None:
    cache = CacheSection(watch(**RARELY)).ask()
    other = cache.colleague().ask()
    demo.fault(CALL, "delay", 2)
    for tab in (cache, other):  # both presses arrive long before the answer
        tab.confirm.evaluate("button => { button.click(); button.click(); }")
    for tab in (cache, other):
        expect(tab.result).to_have_attribute("data-action-state", "done")
    assert demo.calls()[CALL] == 1


@pytest.mark.thorough
@pytest.mark.criterion("nfr.errors.4")
def test_a_failure_and_an_unknown_outcome_say_what_to_do(demo: Demo, watch: Watch) -> None:
    cache = CacheSection(watch(**RARELY))
    demo.fault(CALL, "status", 409)
    cache.ask().confirm.click()
    expect(cache.result).to_have_attribute("data-action-state", "failed")
    expect(cache.result).to_contain_text("HTTP 409: Fault injected")
    expect(cache.result).to_contain_text("Nothing was cleared. You may try again.")
    demo.fault(CALL, "reset")
    cache.ask().confirm.click()
    expect(cache.result).to_have_attribute("data-action-state", "unknown")
    expect(cache.result).to_contain_text("whether the request took effect is not known")
    expect(cache.result).to_contain_text("Clear it again only if they do not.")
    assert demo.calls()[CALL] == 2


@pytest.mark.thorough
@pytest.mark.criterion("nfr.errors.4")
def test_a_backend_without_the_call_is_sent_nothing_and_the_button_says_why(
    page: Page, unable: DashboardServer
) -> None:
    cache = CacheSection(OpsPage(page, unable.url).open_live("?open=clear-cache"))
    expect(cache.dialog).to_contain_text("This backend has no call to clear the cache.")
    expect(cache.confirm).to_be_disabled()
    cache.confirm.click(force=True)
    page.keyboard.press("Escape")
    expect(cache.button).to_have_accessible_description("This backend has no call to clear the cache.")
    expect(cache.button).to_be_disabled()
    cache.button.press("Enter")
    cache.ops.choose("Sort by", "name")  # what the press would have opened would be in its way
    expect(cache.dialog).to_be_hidden()
    expect(cache.result).to_have_attribute("data-action-state", "idle")


@pytest.mark.thorough
@pytest.mark.criterion("nfr.accessibility.1", "nfr.accessibility.3", "success.9")
def test_axe_finds_nothing_in_the_dialog_and_the_result(demo: Demo, watch: Watch) -> None:
    cache = CacheSection(watch(**RARELY))
    demo.fault(CALL, "reset")
    for theme in ("light", "dark"):
        cache.ops.page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]  # it is one of the two
        cache.ask()
        assert cache.ops.accessibility_violations() == []
        cache.confirm.click()
        expect(cache.result).to_have_attribute("data-action-state", "unknown")
        assert cache.ops.accessibility_violations() == []
