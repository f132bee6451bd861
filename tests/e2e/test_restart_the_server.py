"""Restarting the dashboard's server: the charts keep their past."""

import time

import pytest
from playwright.sync_api import Page, expect

from tests.dashboard_server import StartDashboard
from tests.e2e.console import Console
from tests.e2e.demo import Demo
from tests.e2e.pages import OpsPage, expect_reading
from tests.e2e.snapshots import P95, history, means, until_past_is_known, until_read
from tests.e2e.test_lose_the_dashboard_s_own_server import CONNECTION_LOST
from tests.e2e.waiting import until

TELLING_MS, LATER_MS = 777, 222
STEP_SECONDS = 30
"""Between the points of a chart of one hour."""


def slowest(values: dict[int, list[float | None]]) -> int:
    """When the mean of the p95 was highest, unix seconds."""
    return max(values, key=lambda at: values[at][1] or 0.0)


@pytest.mark.criterion("7.3.1", "nfr.errors.1", "nfr.errors.2")
def test_the_past_of_a_backend_outlasts_it(
    page: Page, demo: Demo, dashboard: StartDashboard, console: Console
) -> None:
    console.allow(CONNECTION_LOST)
    demo.set({"performance.api_response_time.p95": TELLING_MS})
    server = dashboard(OPS_BACKEND_URL=demo.origin, OPS_REFRESH_SECONDS="5")
    until_read(server)
    before = max(means(history(server, P95)[P95]["points"]))
    ops = OpsPage(page, server.url).open_live()
    server.stop()

    demo.set({"performance.api_response_time.p95": LATER_MS})
    server.start()
    ops.open_live()
    expect_reading(ops.figure(P95), f"{LATER_MS} ms")
    until(lambda: before in means(history(server, P95)[P95]["points"]), "what was read before the restart")
    assert means(history(server, P95)[P95]["points"])[before] > LATER_MS
    ops.page.reload()
    shown = ops.chart("Response time").show_table().values()[before][1]
    assert shown is not None and shown > LATER_MS


@pytest.mark.thorough
@pytest.mark.criterion("7.3.1", "nfr.errors.1", "nfr.errors.2")
def test_a_page_that_stays_open_shows_what_was_before_and_goes_on(
    page: Page, dashboard: StartDashboard, console: Console
) -> None:
    console.allow(CONNECTION_LOST)
    server = dashboard(OPS_DEMO_SCENARIO="healthy", OPS_REFRESH_SECONDS="5")
    until_past_is_known(server)
    set_at = time.time()
    Demo(server.origin).set({"performance.api_response_time.p95": TELLING_MS})
    ops = OpsPage(page, server.url).open_live()
    chart = ops.chart("Response time")
    expect(chart.caption).to_contain_text(f"peak {TELLING_MS} ms")
    known = set(chart.show_table().values())
    assert len(known) > 100

    server.stop()
    expect(ops.watchdog).to_be_attached()
    assert set(chart.values()) == known
    server.start()
    expect(ops.watchdog).to_have_count(0, timeout=30_000)
    newest = max(known)
    until(lambda: max(chart.values()) > newest, "a value read after the start", seconds=60)
    shown = chart.values()
    assert len(known - set(shown)) <= 4, "only what has left the hour is gone"
    # The demo of the new process knows nothing of the value that was set: it can only have been kept.
    expect(chart.caption).to_contain_text(f"peak {TELLING_MS} ms")
    assert set_at - STEP_SECONDS < slowest(shown) <= newest


@pytest.mark.thorough
@pytest.mark.criterion("7.3.1", "nfr.errors.2")
def test_a_tab_that_was_there_before_the_past_was_known_gets_it(
    page: Page, dashboard: StartDashboard
) -> None:
    server = dashboard(OPS_DEMO_SCENARIO="healthy", OPS_REFRESH_SECONDS="5")
    chart = OpsPage(page, server.url).open().chart("Response time")
    expect(chart.caption).to_contain_text("for most of the hour")
    assert len(chart.show_table().values()) > 100
