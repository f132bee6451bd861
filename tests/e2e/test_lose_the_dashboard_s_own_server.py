"""Losing the dashboard's own server: the page itself says that it is no longer updated, and recovers."""

import os
import re
import signal

import pytest
from playwright.sync_api import Page, expect

from tests.dashboard_server import StartDashboard
from tests.e2e.console import Console
from tests.e2e.demo import Demo
from tests.e2e.pages import OpsPage, expect_reading
from tests.e2e.times import CLOCK

CONNECTION_LOST = "WebSocket|ERR_CONNECTION|ERR_TIMED_OUT|Failed to load resource"
USERS = "user_engagement.active_users"
KILLED_BAR_MS = 2_000
"""The connection is refused, which the browser learns at once."""
HUNG_BAR_MS = 75_000
"""Nothing is refused; only the silence tells."""


@pytest.mark.criterion("nfr.errors.1", "nfr.errors.2", "nfr.errors.4")
def test_when_it_is_killed_a_bar_says_so_and_goes_once_it_is_back(
    page: Page, demo: Demo, dashboard: StartDashboard, console: Console
) -> None:
    console.allow(CONNECTION_LOST)
    demo.set({USERS: 481})
    server = dashboard(OPS_BACKEND_URL=demo.origin)
    ops = OpsPage(page, server.url).open_live()
    users = ops.figure("engagement.active_users", "User engagement")
    expect_reading(users, "481")
    expect(ops.watchdog).to_have_count(0)

    server.kill()
    expect(ops.watchdog).to_be_visible(timeout=KILLED_BAR_MS)
    expect(ops.watchdog).to_contain_text(re.compile(rf"since {CLOCK}.*cannot be reached"))
    expect_reading(users, "481")

    demo.set({USERS: 512})
    server.start()
    expect(ops.watchdog).to_have_count(0, timeout=30_000)
    expect_reading(users, "512")
    # Pushes work again in both directions, not just the first one.
    demo.set({USERS: 513})
    ops.refresh_now.click()
    expect_reading(users, "513")


@pytest.mark.thorough
@pytest.mark.criterion("nfr.errors.1", "nfr.errors.2")
def test_filter_and_sheet_survive_a_restart(
    page: Page, demo: Demo, dashboard: StartDashboard, console: Console
) -> None:
    console.allow(CONNECTION_LOST)
    demo.set({"health.modules.search.status": "down"})
    server = dashboard(OPS_BACKEND_URL=demo.origin)
    ops = OpsPage(page, server.url).open_live("?status=down&open=sources")
    expect(ops.sources).to_be_visible()
    server.kill()
    expect(ops.watchdog).to_be_attached()
    server.start()
    expect(ops.watchdog).to_have_count(0, timeout=30_000)
    expect(ops.sources).to_be_visible()
    expect_reading(ops.source("cache"), "Fresh")
    ops.page.keyboard.press("Escape")
    expect(ops.modules).to_have_count(1)


@pytest.mark.thorough
@pytest.mark.criterion("nfr.errors.1", "nfr.errors.2")
def test_when_it_hangs_the_silence_is_noticed_and_it_recovers(
    page: Page, demo: Demo, dashboard: StartDashboard, console: Console
) -> None:
    console.allow(CONNECTION_LOST)
    demo.set({USERS: 481})
    server = dashboard(OPS_BACKEND_URL=demo.origin)
    ops = OpsPage(page, server.url).open_live()
    users = ops.figure("engagement.active_users", "User engagement")
    expect_reading(users, "481")
    os.kill(server.pid, signal.SIGSTOP)
    try:
        expect(ops.watchdog).to_be_visible(timeout=HUNG_BAR_MS)
        demo.set({USERS: 512})
    finally:
        os.kill(server.pid, signal.SIGCONT)
    expect(ops.watchdog).to_have_count(0, timeout=30_000)
    expect_reading(users, "512")
