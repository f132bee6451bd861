"""Losing the backend: what was known stays, greyed and dated, and the page recovers by itself."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.dashboard_server import StartDashboard
from tests.e2e.conftest import Watch
from tests.e2e.demo import Demo
from tests.e2e.demo_process import DemoProcess
from tests.e2e.pages import OpsPage, expect_reading
from tests.e2e.snapshots import until_read
from tests.e2e.times import CLOCK
from tests.e2e.waiting import until

USERS = "user_engagement.active_users"


@pytest.fixture
def backend() -> Iterator[DemoProcess]:
    with DemoProcess() as process:
        process.demo.set({USERS: 481})
        yield process


@pytest.fixture
def lost(page: Page, backend: DemoProcess, dashboard: StartDashboard) -> OpsPage:
    """The page after its backend was killed."""
    server = dashboard(OPS_BACKEND_URL=backend.url)
    until_read(server)
    ops = OpsPage(page, server.url).open_live()
    expect_reading(ops.figure("engagement.active_users", "User engagement"), "481")
    backend.kill()
    expect(ops.banner).to_contain_text("Backend unreachable")
    return ops


@pytest.mark.criterion("7.1.1", "nfr.errors.1", "nfr.errors.2", "nfr.errors.4")
def test_last_known_values_stay_greyed_with_their_time_under_one_banner(lost: OpsPage) -> None:
    users = lost.figure("engagement.active_users", "User engagement")
    expect_reading(users, "481")
    expect(users).to_have_attribute("data-display", "stale")
    expect(lost.page.locator("[data-figure][data-display=value]")).to_have_count(0)
    for name in ("User engagement", "Key metrics", "Database"):
        expect(lost.region(name).get_by_text(re.compile("^as of")).first).to_contain_text(
            re.compile(rf"as of {CLOCK}")
        )
    expect(lost.module("search").locator("xpath=self::*[@data-stale-scope='stale']")).to_be_visible()
    expect(lost.banner).to_contain_text(re.compile(rf"since {CLOCK}"))
    expect(lost.banner).to_contain_text("refused the connection")
    expect(lost.banner).to_contain_text(re.compile(r"in \d+ s"))
    expect(lost.banner).to_have_count(1)
    health = lost.region("System health")
    expect_reading(health, "Unreachable")
    for word in ("Healthy", "Down"):
        expect(health.get_by_text(word, exact=True)).to_have_count(0)
    expect(lost.page.get_by_role("alert").filter(has_text="refused the connection")).to_have_count(1)


@pytest.mark.criterion("nfr.errors.1", "nfr.errors.3")
def test_it_recovers_by_itself_when_the_backend_is_back(lost: OpsPage, backend: DemoProcess) -> None:
    backend.start()
    backend.demo.set({USERS: 512})
    expect(lost.banner).to_have_count(0, timeout=30_000)
    lost.refresh()  # the first reading after the return may be older than the value set
    expect_reading(lost.figure("engagement.active_users", "User engagement"), "512")
    expect(lost.page.locator("[data-figure][data-display=stale]")).to_have_count(0)


@pytest.mark.thorough
@pytest.mark.criterion("nfr.errors.3")
def test_retry_now_asks_at_once(lost: OpsPage, backend: DemoProcess) -> None:
    retry = lost.banner.get_by_role("button", name="Retry now")
    retry.click()
    expect(retry).to_be_enabled()
    expect(lost.banner).to_contain_text("Backend unreachable")
    # Wait until the next try by itself is some seconds away, so that it cannot be what helps.
    until(lambda: _seconds_to_next_try(lost) > 4, "a pause between two tries", seconds=60)
    backend.start()
    retry.click()
    expect(lost.banner).to_have_count(0, timeout=3_000)  # before the next try by itself
    expect(lost.refresh_now).to_have_attribute("data-busy", "false")


def _seconds_to_next_try(ops: OpsPage) -> int:
    found = re.search(r"in (\d+) s", ops.banner.inner_text())
    return int(found[1]) if found else 0


@pytest.mark.thorough
@pytest.mark.criterion("nfr.errors.1")
def test_a_backend_that_is_gone_from_the_start_leaves_no_numbers_and_says_why(
    page: Page, backend: DemoProcess, dashboard: StartDashboard
) -> None:
    backend.kill()
    ops = OpsPage(page, dashboard(OPS_BACKEND_URL=backend.url).url).open()
    expect(ops.banner).to_contain_text("Backend unreachable")
    expect(ops.figure("performance.p95")).to_have_attribute("data-display", "waiting")
    expect(ops.page.locator("[data-figure][data-display=value]")).to_have_count(0)
    expect_reading(ops.region("System health"), "Unreachable")
    expect(ops.modules).to_have_count(13)
    for tile in ops.modules.all():
        expect_reading(tile, "Unknown")


@pytest.mark.thorough
@pytest.mark.criterion("nfr.errors.1")
def test_one_failing_source_touches_only_its_own_panel(demo: Demo, watch: Watch) -> None:
    ops = watch()
    demo.fault("/api/monitoring/cache/stats", "status", 500)
    cache = ops.region("Cache")
    expect(cache).to_contain_text("HTTP 500")
    expect(cache.locator("[data-figure]").first).to_have_attribute("data-display", "stale")
    expect(ops.banner).to_have_count(0)
    elsewhere = ops.page.locator('[data-figure][data-display="stale"]:not([data-figure^="cache."])')
    expect(elsewhere).to_have_count(0)
    told = ops.page.locator("main section").filter(has_text="HTTP 500")
    for told_in in (
        "Cache",
        "Key metrics",
        "Active alerts",
    ):  # its panel, its hit rate, and the alert about it
        told = told.and_(ops.page.locator(f"section:not([aria-label='{told_in}'])"))
    expect(told).to_have_count(0)
    demo.mend("/api/monitoring/cache/stats")
    ops.refresh_now.click()
    expect(cache).not_to_contain_text("HTTP 500")
    expect(cache.locator("[data-figure]").first).to_have_attribute("data-display", "value")


@pytest.mark.thorough
@pytest.mark.criterion("nfr.errors.1", "nfr.errors.4")
def test_a_backend_whose_every_answer_is_useless_is_told_apart_from_one_that_is_gone(
    demo: Demo, watch: Watch
) -> None:
    ops = watch()
    demo.fault("*", "html")
    ops.refresh_now.click()
    expect(ops.banner).to_contain_text("nothing can be read")
    expect(ops.banner).to_contain_text("a web page instead of data")
