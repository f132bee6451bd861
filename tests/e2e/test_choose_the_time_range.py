"""Choosing the time range: every chart follows, the address says it, and this browser keeps it."""

import re
from collections.abc import Callable
from itertools import pairwise
from statistics import median

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.dashboard_server import StartDashboard
from tests.e2e.charts import TITLES, Chart
from tests.e2e.conftest import Watch
from tests.e2e.console import Console
from tests.e2e.demo import Demo
from tests.e2e.pages import OpsPage
from tests.e2e.snapshots import snapshot, until_read
from tests.e2e.times import CLOCK
from tests.e2e.waiting import until

SPANS = {"1h": "the hour", "6h": "the 6 hours", "24h": "the day", "7d": "the week"}
SECONDS = {"1h": 3_600, "6h": 21_600, "24h": 86_400, "7d": 604_800}
STEP_SECONDS = {"1h": 30, "6h": 180, "24h": 900, "7d": 5_400}
RANGED = ("/api/monitoring/user-engagement", "/api/monitoring/recommendation-quality")


@pytest.mark.criterion("7.3.5", "7.3.1", "7.3.2", "7.3.3", "7.3.4")
def test_every_chart_is_redrawn_and_the_address_says_the_range(ops: OpsPage) -> None:
    for span in ("6h", "24h", "7d", "1h"):
        ops.choose_range(span)
        for title in TITLES:
            expect(ops.chart(title).caption).to_contain_text(f"for most of {SPANS[span]}")
        expect(ops.page).to_have_url(re.compile(rf"[?&]range={span}\b"))


@pytest.mark.thorough
@pytest.mark.criterion("7.3.5", "7.3.1")
def test_a_chart_has_the_points_of_its_range(ops: OpsPage) -> None:
    chart = ops.chart("Response time").show_table()
    for span, words in SPANS.items():
        ops.choose_range(span)
        expect(chart.caption).to_contain_text(words)
        moments = list(chart.values())
        steps = [later - earlier for earlier, later in pairwise(moments)]
        assert median(steps) == STEP_SECONDS[span]
        assert moments[-1] - moments[0] >= SECONDS[span] - 3 * STEP_SECONDS[span]
        assert len(moments) <= 121


@pytest.mark.thorough
@pytest.mark.criterion("7.3.5")
def test_a_reload_and_a_link_restore_it(ops: OpsPage, browser: Browser) -> None:
    ops.choose_range("24h")
    expect(ops.page).to_have_url(re.compile("range=24h"))
    ops.page.reload()
    expect(ops.range_choice("24h")).to_be_checked()
    expect(ops.chart("Response time").caption).to_contain_text("the day")

    elsewhere = browser.new_context()
    colleague = OpsPage(elsewhere.new_page(), ops.url)
    colleague.page.goto(ops.page.url)
    expect(colleague.range_choice("24h")).to_be_checked()
    expect(colleague.chart("Response time").caption).to_contain_text("the day")
    # Following a link is no choice of one's own.
    colleague.open_live()
    expect(colleague.range_choice("1h")).to_be_checked()
    elsewhere.close()


@pytest.mark.thorough
@pytest.mark.criterion("7.3.5")
def test_it_is_kept_by_this_browser_for_a_visit_without_a_link(ops: OpsPage, browser: Browser) -> None:
    ops.choose_range("6h")
    ops.open_live()
    expect(ops.range_choice("6h")).to_be_checked()
    expect(ops.page).to_have_url(re.compile("range=6h"))
    another_tab = OpsPage(ops.page.context.new_page(), ops.url).open_live()
    expect(another_tab.range_choice("6h")).to_be_checked()
    elsewhere = browser.new_context()
    colleague = OpsPage(elsewhere.new_page(), ops.url).open_live()
    expect(colleague.range_choice("1h")).to_be_checked()
    elsewhere.close()


@pytest.mark.thorough
@pytest.mark.criterion("7.3.5", "nfr.accessibility.2")
def test_the_arrow_keys_choose_it(ops: OpsPage) -> None:
    ops.range_choice("1h").focus()
    for key, span in (("ArrowRight", "6h"), ("ArrowRight", "24h"), ("ArrowLeft", "6h")):
        ops.page.keyboard.press(key)
        expect(ops.range_choice(span)).to_be_checked()
        expect(ops.range_choice(span)).to_be_focused()
    expect(ops.chart("Response time").caption).to_contain_text("the 6 hours")
    expect(ops.page).to_have_url(re.compile("range=6h"))


@pytest.mark.thorough
@pytest.mark.criterion("7.3.5", "7.9.6")
def test_engagement_is_that_of_the_range(ops: OpsPage) -> None:
    region, users = ops.region("User engagement"), ops.figure("engagement.active_users", "User engagement")
    expect(region).to_contain_text("Over the last 1h.")
    seen = {}
    for span in SPANS:
        ops.choose_range(span)
        expect(region).to_contain_text(f"Over the last {span}.")
        found = re.search(r"[\d,]+", users.inner_text().partition("Active users")[2])
        assert found
        seen[span] = int(found[0].replace(",", ""))
    assert sorted(seen.values()) == list(seen.values()), "the longer, the more"
    assert len(set(seen.values())) == len(seen)


@pytest.mark.thorough
@pytest.mark.criterion("7.3.5", "7.9.6", "nfr.performance.2")
def test_the_backend_is_asked_only_for_ranges_that_somebody_looks_at(
    page: Page, demo: Demo, dashboard: StartDashboard
) -> None:
    server = dashboard(
        OPS_BACKEND_URL=demo.origin, OPS_REFRESH_SECONDS="3600", OPS_ALERT_SECONDS="0"
    )  # without the fast lane, which asks by the second, calls can be counted exactly
    until_read(server)
    ops = OpsPage(page, server.url).open_live()

    def calls_of(action: Callable[[], None], span: str) -> dict[str, int]:
        before = demo.calls()
        action()
        expect(ops.region("User engagement")).to_contain_text(f"Over the last {span}.")
        sources = [f"{name}.{span}" for name in ("user_engagement", "recommendation_quality")]
        until(
            lambda: all(snapshot(server)["sources"][name]["received_at"] for name in sources), "the answers"
        )
        return {path: count for path, count in (demo.calls() - before).items() if count}

    assert calls_of(lambda: ops.choose_range("24h"), "24h") == dict.fromkeys(RANGED, 1)
    assert calls_of(lambda: ops.choose_range("1h"), "1h") == {}
    refreshed = calls_of(ops.refresh, "1h")
    assert refreshed
    assert max(refreshed.get(path, 0) for path in RANGED) <= 1, "nobody looks at the other ranges any more"
    assert calls_of(lambda: ops.choose_range("7d"), "7d") == dict.fromkeys(RANGED, 1)


@pytest.mark.thorough
@pytest.mark.criterion("7.3.5", "nfr.errors.4")
def test_a_range_longer_than_what_is_known_says_since_when(watch: Watch) -> None:
    ops = watch()
    for span in ("7d", "1h"):
        ops.choose_range(span)
        for title in TITLES:
            expect(ops.chart(title).caption).to_contain_text(re.compile(rf"Data since {CLOCK}\."))


@pytest.mark.thorough
@pytest.mark.criterion("7.3.5", "nfr.performance.2")
def test_until_a_range_has_come_the_one_before_stays_and_the_page_goes_on(ops: OpsPage) -> None:
    held: list[Route] = []
    chart = ops.chart("Response time")
    ops.page.route(re.compile(r"/api/history\?range=6h"), lambda route: held.append(route))
    ops.choose_range("6h")
    until(lambda: held or ops.page.wait_for_timeout(10), "the request for the history")
    expect(chart.figure).to_have_attribute("aria-busy", "true")
    expect(chart.caption).to_contain_text("the hour")
    expect(chart.surface).to_be_visible()
    ops.refresh()
    held.pop().continue_()
    expect(chart.caption).to_contain_text("the 6 hours")
    expect(chart.figure).to_have_attribute("aria-busy", "false")


@pytest.mark.thorough
@pytest.mark.criterion("7.3.5", "nfr.errors.3", "nfr.errors.4")
def test_a_history_that_cannot_be_loaded_says_so_and_is_tried_again(ops: OpsPage, console: Console) -> None:
    console.allow("status of 503")
    answers = iter([503])

    def answer(route: Route) -> None:
        status = next(answers, 0)
        route.fulfill(status=status, body="") if status else route.continue_()

    ops.chart("Response time")
    ops.page.route(re.compile(r"/api/history\?range=24h"), answer)
    ops.choose_range("24h")
    performance = ops.region("Performance")
    expect(
        performance.get_by_text(re.compile("history could not be loaded; next try in")).first
    ).to_be_visible()
    expect(ops.chart("Response time").caption).to_contain_text("the day")
    expect(performance.get_by_text("history could not be loaded")).to_have_count(0)


@pytest.mark.thorough
@pytest.mark.criterion("7.3.5", "7.2.5")
def test_the_sheet_of_a_module_has_the_same_range(ops: OpsPage) -> None:
    ops.open("?module=search&range=6h")
    sheet = ops.module_sheet("search")
    within = sheet.get_by_role("radiogroup", name="Time range")
    expect(within.get_by_role("radio", name="6h")).to_be_checked()
    within.get_by_role("radio", name="24h").click()
    expect(Chart(sheet, "Response time").drawn().caption).to_contain_text("the day")
    ops.page.keyboard.press("Escape")
    expect(ops.range_choice("24h")).to_be_checked()
    expect(ops.chart("Response time").caption).to_contain_text("the day")
