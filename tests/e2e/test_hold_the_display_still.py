"""Switching "Auto-refresh" off and on: the display holds still, says so, and returns to the present."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.dashboard_server import StartDashboard
from tests.e2e.conftest import Watch
from tests.e2e.demo import Demo
from tests.e2e.pages import OpsPage, expect_reading
from tests.e2e.snapshots import snapshot, until_refreshed
from tests.e2e.waiting import until


@pytest.mark.criterion("7.1.8", "nfr.performance.2", "success.3")
def test_values_are_renewed_by_themselves(demo: Demo, watch: Watch) -> None:
    demo.set({"user_engagement.active_users": 481})
    ops = watch()
    users = ops.figure("engagement.active_users", "User engagement")
    expect_reading(users, "481")
    demo.set({"user_engagement.active_users": 512})
    expect_reading(users, "512")


@pytest.mark.criterion("7.1.8")
def test_a_countdown_to_the_next_refresh_runs(ops: OpsPage) -> None:
    seen = {ops.updated.inner_text()}

    def counted() -> bool:
        seen.update(re.findall(r"next in (\d+) s", ops.updated.inner_text()))
        return len(seen) > 3

    until(counted, "three different seconds of the countdown")


@pytest.mark.thorough
@pytest.mark.criterion("7.1.8", "nfr.performance.2")
def test_switched_off_the_values_hold_still_and_on_again_they_jump_to_the_present(
    page: Page, demo: Demo, dashboard: StartDashboard
) -> None:
    demo.set({"user_engagement.active_users": 481})
    server = dashboard(OPS_BACKEND_URL=demo.origin, OPS_REFRESH_SECONDS="5")
    ops = OpsPage(page, server.url).open_live()
    users = ops.figure("engagement.active_users", "User engagement")
    expect_reading(users, "481")

    ops.auto_refresh.click()
    expect(ops.auto_refresh).not_to_be_checked()
    expect(ops.updated).to_contain_text("paused")
    expect(ops.updated).not_to_contain_text("next in")

    demo.set({"user_engagement.active_users": 512})
    until_refreshed(server, times=2)
    # Collecting went on all the same; only the display stands.
    assert snapshot(server)["sources"]["user_engagement.1h"]["value"]["active_users"] == 512
    expect_reading(users, "481")

    ops.auto_refresh.click()
    expect_reading(users, "512")
    expect(ops.updated).to_contain_text("next in")


@pytest.mark.thorough
@pytest.mark.criterion("7.1.7", "7.1.8")
def test_refresh_now_shows_the_present_once_while_switched_off(demo: Demo, watch: Watch) -> None:
    demo.set({"user_engagement.active_users": 481})
    ops = watch()
    ops.auto_refresh.click()
    expect(ops.auto_refresh).not_to_be_checked()
    demo.set({"user_engagement.active_users": 512})
    ops.refresh_now.click()
    expect_reading(ops.figure("engagement.active_users", "User engagement"), "512")
    expect(ops.auto_refresh).not_to_be_checked()
    expect(ops.updated).to_contain_text("paused")


@pytest.mark.thorough
@pytest.mark.criterion("7.1.8")
def test_the_choice_is_kept_over_a_reload_and_is_this_browser_s_alone(ops: OpsPage, browser: Browser) -> None:
    ops.auto_refresh.click()
    expect(ops.auto_refresh).not_to_be_checked()
    ops.page.reload()
    expect(ops.auto_refresh).not_to_be_checked()
    expect(ops.updated).to_contain_text("paused")
    elsewhere = browser.new_context()
    colleague = OpsPage(elsewhere.new_page(), ops.url).open_live()
    expect(colleague.auto_refresh).to_be_checked()
    elsewhere.close()
