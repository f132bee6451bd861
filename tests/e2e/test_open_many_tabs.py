"""Opening many tabs: the backend is asked exactly as often as for one."""

import time

import pytest
from playwright.sync_api import Page, expect

from tests.dashboard_server import StartDashboard
from tests.e2e.demo import Demo
from tests.e2e.pages import OpsPage, expect_reading
from tests.e2e.snapshots import until_read, until_refreshed

# Without the fast lane, which asks by the second, calls can be counted exactly.
COUNTABLE = {"OPS_ALERT_SECONDS": "0"}
REFRESHES = 2


@pytest.mark.thorough
@pytest.mark.criterion("nfr.performance.2", "success.3")
def test_opening_a_tab_causes_no_call(page: Page, demo: Demo, dashboard: StartDashboard) -> None:
    server = dashboard(OPS_BACKEND_URL=demo.origin, OPS_REFRESH_SECONDS="3600", **COUNTABLE)
    until_read(server)
    before = demo.calls()
    for _ in range(3):
        OpsPage(page.context.new_page(), server.url).open_live()
    assert demo.calls() == before


@pytest.mark.criterion("nfr.performance.2", "success.3")
def test_three_tabs_cost_the_backend_what_one_does(page: Page, demo: Demo, dashboard: StartDashboard) -> None:
    server = dashboard(
        OPS_BACKEND_URL=demo.origin, OPS_REFRESH_SECONDS="5", OPS_TIMEOUT_SECONDS="30", **COUNTABLE
    )
    tabs = [OpsPage(page.context.new_page(), server.url).open_live() for _ in range(3)]
    until_refreshed(server)
    began, before = time.monotonic(), demo.calls()
    until_refreshed(server, times=REFRESHES)
    made, due = demo.calls() - before, (time.monotonic() - began) / 5
    made.pop("/health")  # contact is looked after by itself, every few seconds
    assert made, "the refreshes read something"
    assert max(made.values()) <= due + 2, "each call was made once for all tabs, at each refresh"
    demo.set({"user_engagement.active_users": 512})
    for tab in tabs:
        expect_reading(tab.figure("engagement.active_users", "User engagement"), "512")


@pytest.mark.thorough
@pytest.mark.criterion("7.2.6", "nfr.performance.2")
def test_each_tab_has_its_own_filter(ops: OpsPage) -> None:
    other = OpsPage(ops.page.context.new_page(), ops.url).open_live()
    ops.choose("Status", "down")
    expect(ops.modules).to_have_count(0)
    expect(other.modules).to_have_count(13)
