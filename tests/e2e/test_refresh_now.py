"""Pressing "Refresh now": everything is read once more, however many press it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Watch
from tests.e2e.demo import Demo
from tests.e2e.pages import OpsPage, expect_reading
from tests.e2e.waiting import until

ENGAGEMENT = "/api/monitoring/user-engagement"
# No refresh comes by itself while the test runs.
RARELY = {"OPS_REFRESH_SECONDS": "3600"}


@pytest.mark.criterion("7.1.7")
def test_it_shows_what_the_backend_says_now(demo: Demo, watch: Watch) -> None:
    demo.set({"user_engagement.active_users": 481})
    ops = watch(**RARELY)
    users = ops.figure("engagement.active_users", "User engagement")
    expect_reading(users, "481")
    demo.set({"user_engagement.active_users": 512})
    ops.refresh_now.click()
    expect_reading(users, "512")
    expect(ops.updated).to_contain_text(re.compile(r"Updated \d s ago"))


@pytest.mark.criterion("7.1.7", "nfr.performance.2")
def test_it_is_busy_until_the_slowest_answer_is_there_and_shows_the_others_before(
    demo: Demo, watch: Watch
) -> None:
    demo.set({"cache.size_mb": 412})
    ops = watch(**RARELY)
    demo.fault(ENGAGEMENT, "delay", 3)
    demo.set({"cache.size_mb": 413})
    ops.refresh_now.click()
    expect(ops.updated).to_contain_text("refreshing")
    expect(ops.refresh_now).to_have_attribute("data-busy", "true")
    expect_reading(ops.figure("cache.size_mb", "Cache"), "413 MB")
    expect(ops.refresh_now).to_have_attribute("data-busy", "true")
    expect(ops.refresh_now).to_have_attribute("data-busy", "false")
    expect(ops.updated).not_to_contain_text("refreshing")


@pytest.mark.thorough
@pytest.mark.criterion("7.1.7")
def test_pressing_it_in_two_tabs_joins_the_refresh_under_way(page: Page, demo: Demo, watch: Watch) -> None:
    ops = watch(**RARELY)
    other = OpsPage(page.context.new_page(), ops.url).open_live()
    before = demo.calls()
    demo.fault(ENGAGEMENT, "delay", 2)
    ops.refresh_now.click()
    until(lambda: demo.calls()[ENGAGEMENT] > before[ENGAGEMENT], "the call that takes long")
    other.refresh_now.click()
    other.refresh_now.click()
    expect(other.refresh_now).to_have_attribute("data-busy", "true")
    for tab in (ops, other):
        expect(tab.refresh_now).to_have_attribute("data-busy", "false")
    assert demo.calls()[ENGAGEMENT] - before[ENGAGEMENT] == 1


@pytest.mark.thorough
@pytest.mark.criterion("7.1.8", "nfr.performance.2")
def test_the_page_stays_usable_while_a_refresh_hangs(demo: Demo, watch: Watch) -> None:
    ops = watch(**RARELY)
    demo.fault(ENGAGEMENT, "delay", 4)
    ops.refresh_now.click()
    expect(ops.refresh_now).to_have_attribute("data-busy", "true")
    ops.choose("Sort by", "name")
    expect(ops.modules.first).to_contain_text("annotations")
    ops.sources_button.click()
    expect(ops.sources).to_be_visible()
    ops.page.keyboard.press("Escape")
    expect(ops.refresh_now).to_have_attribute("data-busy", "true")


@pytest.mark.criterion("nfr.performance.3")
def test_a_chart_is_kept_and_its_lines_move_on_at_once(ops: OpsPage) -> None:
    """To build a chart anew for each refresh, or to animate its lines, is what would make the page stutter."""
    chart = ops.chart("Response time")
    expect(chart.lines).to_have_count(3)
    drawn = chart.lines.first.get_attribute("d")
    picture = chart.lines.first.locator("xpath=ancestor::*[name()='svg'][1]")
    picture.evaluate("svg => { window.kept = svg }")
    ops.await_refresh(press=True)
    until(lambda: chart.lines.first.get_attribute("d") != drawn, "the next point of the lines")
    assert picture.evaluate("svg => svg === window.kept")
    assert ops.page.evaluate("document.getAnimations().length") == 0
