"""Losing what a chart is drawn from: a gap stays a gap, and nothing is made up to fill it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.dashboard_server import StartDashboard
from tests.e2e.charts import Chart
from tests.e2e.conftest import Watch
from tests.e2e.demo import Demo
from tests.e2e.pages import OpsPage, expect_reading
from tests.e2e.snapshots import P95, history, means, until_past_is_known, until_read, until_refreshed
from tests.e2e.times import CLOCK
from tests.e2e.waiting import until

PERFORMANCE = "/api/monitoring/performance"
GAP_MS = 100_000
"""A time without data is a gap when a whole point is missing, and is said at the end of the table after two."""
NO_DATA = re.compile(rf"no data from {CLOCK} to {CLOCK}")


@pytest.mark.thorough
@pytest.mark.criterion("7.3.1", "7.2.4", "nfr.errors.1", "nfr.errors.2")
def test_a_source_that_vanishes_and_returns_leaves_a_gap(page: Page, dashboard: StartDashboard) -> None:
    server = dashboard(OPS_DEMO_SCENARIO="healthy", OPS_REFRESH_SECONDS="5")
    until_past_is_known(server)
    demo, ops = Demo(server.origin), OpsPage(page, server.url).open_live()
    p95 = ops.figure(P95)
    expect(p95.locator("[data-trend]")).to_have_text("steady")
    chart = ops.chart("Response time").show_table()
    before = max(chart.values())

    demo.fault(PERFORMANCE, "status", 500)
    expect(p95).to_have_attribute("data-display", "stale")
    expect(p95.locator("[data-trend]")).to_have_text("trend unknown")
    expect(p95.locator("[data-anomaly]")).to_have_count(0)
    gap = chart.table.get_by_role("row", name=NO_DATA)
    expect(gap).to_be_visible(timeout=GAP_MS)
    expect(chart.caption).to_contain_text(re.compile(rf", last [\d,]+ ms at {CLOCK}"))

    demo.mend(PERFORMANCE)
    ops.refresh_now.click()
    expect(p95).to_have_attribute("data-display", "value")
    expect(chart.caption).to_contain_text("now ")
    expect(gap).to_have_count(1)
    values = chart.values()
    missing = [t for t in range(before, max(values), 30) if t not in values]
    assert missing, "the time without data has no rows"
    assert None in history(server, P95)[P95]["points"]
    chart.as_table.click()
    expect(chart.surface).to_be_visible()
    drawn = chart.lines.nth(1).get_attribute("d") or ""
    assert drawn.count("M") == 2, "the line is broken at the gap"


@pytest.mark.thorough
@pytest.mark.criterion("7.5.1", "nfr.errors.1")
def test_counters_that_begin_anew_make_no_negative_rate(
    page: Page, demo: Demo, dashboard: StartDashboard
) -> None:
    key = "events.emitted.rate"
    demo.set({"events.events_emitted": 10_000})
    server = dashboard(OPS_BACKEND_URL=demo.origin, OPS_REFRESH_SECONDS="5")
    until_read(server)
    ops = OpsPage(page, server.url).open_live()
    for count, shown in ((10_500, "10,500"), (40, "40"), (90, "90")):
        demo.set({"events.events_emitted": count})
        expect_reading(ops.figure("events.emitted", "Event bus"), shown)
        until_refreshed(server)
    points = [point for point in history(server, key)[key]["points"] if point]
    assert points, "the counter has a rate"
    lows, highs = ([point[column] for point in points] for column in (2, 3))
    assert max(highs) > 0
    assert min(lows) >= 0


@pytest.mark.thorough
@pytest.mark.criterion("7.3.4", "nfr.errors.1")
def test_what_is_no_number_is_not_reported_and_makes_no_point(demo: Demo, watch: Watch) -> None:
    demo.set({"database.query_performance.avg_query_time_ms": "slow"})
    ops = watch()
    average = ops.figure("database.avg_query_time_ms", "Database")
    expect(average).to_have_attribute("data-display", "not_reported")
    chart = Chart(ops.region("Performance"), "Database query time")
    expect(chart.figure).to_have_attribute("data-state", "empty")
    expect(chart.figure).to_contain_text("Not reported by this backend")
    expect(chart.lines).to_have_count(0)
    demo.set({"database.query_performance.avg_query_time_ms": 7.25})
    expect_reading(average, "7.25 ms")
    expect(chart.drawn().caption).to_contain_text("7.25 ms")


@pytest.mark.thorough
@pytest.mark.criterion("7.3.4", "nfr.errors.1")
def test_values_that_stop_being_numbers_leave_those_before_as_they_are(
    page: Page, demo: Demo, dashboard: StartDashboard
) -> None:
    key = "database.avg_query_time_ms"
    demo.set({"database.query_performance.avg_query_time_ms": 7.25})
    server = dashboard(OPS_BACKEND_URL=demo.origin, OPS_REFRESH_SECONDS="5")
    until_read(server)
    ops = OpsPage(page, server.url).open_live()
    expect_reading(ops.figure(key, "Database"), "7.25 ms")
    for nonsense in ("NaN", "-", [7], {"ms": 7}, True):
        demo.set({"database.query_performance.avg_query_time_ms": nonsense})
        until_refreshed(server, times=2)
    expect(ops.figure(key, "Database")).to_have_attribute("data-display", "not_reported")
    assert set(means(history(server, key)[key]["points"]).values()) == {7.25}


@pytest.mark.thorough
@pytest.mark.criterion("7.3.1", "7.3.2", "7.3.3", "nfr.errors.1")
def test_a_backend_without_the_call_is_measured_by_its_histograms_and_that_is_said(
    demo: Demo, watch: Watch
) -> None:
    demo.fault(PERFORMANCE, "status", 404)
    ops = watch()
    for key in (P95, "performance.request_rate"):
        expect(ops.figure(key)).to_have_attribute("data-display", "value", timeout=30_000)
        expect_reading(ops.figure(key), "from /metrics")
    for title in ("Response time", "Request rate"):
        caption = ops.chart(title).caption
        expect(caption).to_contain_text("From the request histogram of the backend's /metrics")
        expect(caption).not_to_contain_text("Reported by the backend")
    told = ops.figure(P95).get_by_text("from /metrics")
    told.focus()
    expect(ops.page.get_by_text("requests in the last 5 minutes").last).to_be_visible()


@pytest.mark.thorough
@pytest.mark.criterion("7.3.1", "nfr.errors.1")
def test_what_is_measured_and_what_was_reported_are_never_one_line(
    page: Page, demo: Demo, dashboard: StartDashboard
) -> None:
    server = dashboard(OPS_BACKEND_URL=demo.origin, OPS_REFRESH_SECONDS="5")
    until_read(server)
    demo.set({"performance.api_response_time.p95": 8_888})
    ops = OpsPage(page, server.url).open_live()
    expect_reading(ops.figure(P95), "8,888 ms")
    demo.set({"performance.api_response_time": None})
    expect(ops.figure(P95)).not_to_contain_text("8,888")
    measured = f"{P95}@metrics"
    until(lambda: means(history(server, measured)[measured]["points"]), "a value from /metrics", seconds=40)
    assert max(means(history(server, measured)[measured]["points"]).values()) < 8_000
    chart = ops.chart("Response time")
    expect(chart.caption).to_contain_text("/metrics")
    expect(chart.caption).not_to_contain_text("8,888")
