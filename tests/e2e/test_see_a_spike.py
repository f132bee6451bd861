"""Seeing a spike: it is a point of the chart, a trend, and an anomaly with its reason."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.dashboard_server import DashboardServer, StartDashboard
from tests.e2e.charts import Chart
from tests.e2e.demo import Demo
from tests.e2e.pages import OpsPage, expect_reading
from tests.e2e.snapshots import history, means, until_past_is_known
from tests.e2e.times import CLOCK
from tests.e2e.waiting import until

P95_MS, SEARCH_MS = 915, 2_480.0
UNUSUAL_P95 = re.compile(r"p95 915 ms, usual \d{3}(–\d{3})? ms \(last \d\d min\)")
UNUSUAL_SEARCH = re.compile(r"Response time 2,480 ms, usual \d{3}(–\d{3})? ms \(last \d\d min\)")
POINT_SECONDS = 45
"""A point holds half a minute: only the next one is of the spike alone."""
JUDGED_SECONDS = 90
"""Two of three points must be out of the ordinary, and a point is half a minute."""


@pytest.fixture(scope="module")
def server(standing: StartDashboard) -> DashboardServer:
    """A dashboard whose backend has just had an hour of calm and then a spike."""
    server = standing(OPS_DEMO_SCENARIO="healthy", OPS_REFRESH_SECONDS="5")
    until_past_is_known(server)
    Demo(server.origin).set(
        {
            "performance.api_response_time.p95": P95_MS,
            "health.modules.search.response_time_ms": SEARCH_MS,
        }
    )
    return server


@pytest.fixture
def spiked(page: Page, server: DashboardServer) -> OpsPage:
    return OpsPage(page, server.url).open_live()


@pytest.mark.thorough
@pytest.mark.criterion("7.3.1")
def test_it_is_a_point_of_the_chart_and_in_its_sentence(spiked: OpsPage) -> None:
    chart = spiked.chart("Response time")
    expect(chart.caption).to_contain_text("now 915 ms", timeout=1000 * POINT_SECONDS)
    expect(chart.caption).to_contain_text(re.compile(r"p95 \d{3}–\d{3} ms for most of the hour"))
    newest = list(chart.show_table().values().values())[-1]
    assert newest[1] is not None and 250 < newest[1] <= P95_MS


@pytest.mark.criterion("7.2.4")
def test_the_trend_turns_to_rising_with_its_word_and_is_bad(spiked: OpsPage) -> None:
    trend = spiked.figure("performance.p95").locator("[data-trend]")
    expect(trend).to_have_attribute("data-trend", "rising")
    expect(trend).to_have_text(re.compile(r"^rising \d+ %$"))
    steady = spiked.figure("performance.request_rate").locator("[data-trend]")
    expect(steady).to_have_text("steady")
    colours = {mark.evaluate("mark => getComputedStyle(mark).color") for mark in (trend, steady)}
    assert len(colours) == 2


@pytest.mark.thorough
@pytest.mark.criterion("7.2.4")
def test_the_trend_of_a_module_turns_too(spiked: OpsPage) -> None:
    trend = spiked.module("search").locator("[data-trend]")
    expect(trend).to_have_attribute("data-trend", "rising")
    expect(trend).to_have_text(re.compile(r"^rising \d+ %$"))
    expect(spiked.module("auth").locator("[data-trend]")).to_have_attribute("data-trend", "steady")


@pytest.mark.criterion("7.2.3")
def test_the_figure_is_marked_as_an_anomaly_with_its_reason(spiked: OpsPage) -> None:
    mark = spiked.figure("performance.p95").locator("[data-anomaly]")
    expect(mark).to_contain_text(UNUSUAL_P95, timeout=1000 * JUDGED_SECONDS)
    mark.focus()
    expect(spiked.page.get_by_text(UNUSUAL_P95).last).to_be_visible()
    for key in ("performance.request_rate", "performance.error_rate", "cache.hit_rate"):
        expect(spiked.figure(key).locator("[data-anomaly]")).to_have_count(0)


@pytest.mark.thorough
@pytest.mark.criterion("7.2.3")
def test_the_module_is_marked_too_and_no_other(spiked: OpsPage) -> None:
    mark = spiked.module("search").locator("[data-anomaly]")
    expect(mark).to_contain_text(UNUSUAL_SEARCH, timeout=1000 * JUDGED_SECONDS)
    expect(spiked.region("Module health").locator("[data-anomaly]")).to_have_count(1)


@pytest.mark.thorough
@pytest.mark.criterion("7.2.3", "7.3.1")
def test_the_chart_marks_the_moment_in_its_tooltip_and_its_table(spiked: OpsPage) -> None:
    expect(spiked.figure("performance.p95").locator("[data-anomaly]")).to_be_visible(
        timeout=1000 * JUDGED_SECONDS
    )
    chart = spiked.chart("Response time")
    plain = spiked.chart("Request rate").figure.locator(PICTURED_MARK)
    expect(plain).to_have_count(0)
    expect(chart.figure.locator(PICTURED_MARK)).to_have_count(1)
    chart.surface.focus()
    spiked.page.keyboard.press("End")
    expect(chart.tooltip).to_contain_text(re.compile(rf"Anomaly: {UNUSUAL_P95.pattern}"))
    spiked.page.keyboard.press("Escape")
    marked = chart.show_table().table.get_by_role("row").filter(has_text="Anomaly: p95")
    expect(marked.first).to_be_visible()


@pytest.mark.thorough
@pytest.mark.criterion("7.2.3", "7.2.5")
def test_the_sheet_of_the_module_says_since_when(spiked: OpsPage) -> None:
    expect(spiked.module("search").locator("[data-anomaly]")).to_be_visible(timeout=1000 * JUDGED_SECONDS)
    spiked.module_button("search").click()
    now = spiked.module_sheet("search").get_by_role("region", name="Now")
    expect(now).to_contain_text(re.compile(rf"Since {CLOCK}: {UNUSUAL_SEARCH.pattern}"))
    chart = Chart(spiked.module_sheet("search"), "Response time").drawn()
    expect(chart.figure.locator(PICTURED_MARK)).to_have_count(1)
    expect(chart.caption).to_contain_text("now 2,480 ms", timeout=1000 * POINT_SECONDS)


@pytest.mark.thorough
@pytest.mark.criterion("7.2.3", "7.2.4")
def test_without_a_past_nothing_is_called_unusual(page: Page, dashboard: StartDashboard, demo: Demo) -> None:
    demo.set({"performance.api_response_time.p95": 200})
    server = dashboard(OPS_BACKEND_URL=demo.origin, OPS_REFRESH_SECONDS="5")
    ops = OpsPage(page, server.url).open_live()
    demo.set({"performance.api_response_time.p95": P95_MS})
    expect_reading(ops.figure("performance.p95"), "915 ms")
    until(
        lambda: len(means(history(server, "performance.p95")["performance.p95"]["points"])) > 1,
        "two points",
        45,
    )
    ops.refresh_now.click()
    expect(ops.refresh_now).to_have_attribute("data-busy", "false")
    expect(ops.figure("performance.p95").locator("[data-trend]")).to_have_text("trend unknown")
    expect(ops.page.locator("[data-anomaly]")).to_have_count(0)


# Rings are the marks of anomalies; the other circles of a picture are filled.
PICTURED_MARK = 'circle[fill="var(--surface)"][r="4.5"]'
