"""Opening a module: what it is now, what it was, and back to where one came from."""

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from tests.dashboard_server import StartDashboard
from tests.e2e.charts import Chart
from tests.e2e.conftest import Watch
from tests.e2e.demo import Demo
from tests.e2e.pages import OpsPage, expect_reading
from tests.e2e.snapshots import until_past_is_known
from tests.e2e.times import CLOCK

DOWN = {
    "status": "down",
    "response_time_ms": 1240,
    "error_count": 31,
    "message": "The index is being rebuilt",
}


@pytest.mark.criterion("7.2.5", "nfr.accessibility.2")
def test_a_click_opens_it_and_escape_returns_the_focus_to_its_tile(ops: OpsPage) -> None:
    ops.module("search").click()  # anywhere on the tile
    sheet = ops.module_sheet("search")
    expect(sheet).to_be_visible()
    expect(sheet.get_by_role("heading", level=2, name="Module search")).to_be_visible()
    expect(ops.page).to_have_url(re.compile(r"[?&]module=search\b"))
    ops.page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(ops.module_button("search")).to_be_focused()
    expect(ops.page).not_to_have_url(re.compile("module="))


@pytest.mark.thorough
@pytest.mark.criterion("7.2.5", "nfr.accessibility.2")
def test_enter_opens_it_and_the_focus_stays_within(ops: OpsPage) -> None:
    ops.module_button("auth").focus()
    ops.page.keyboard.press("Enter")
    sheet = ops.module_sheet("auth")
    expect(sheet).to_be_visible()
    Chart(sheet, "Response time").drawn()
    for _ in range(25):
        ops.page.keyboard.press("Tab")
        expect(sheet.locator(":focus")).to_have_count(1)
    sheet.get_by_role("button", name="Close").press("Enter")
    expect(sheet).to_be_hidden()
    expect(ops.module_button("auth")).to_be_focused()


@pytest.mark.thorough
@pytest.mark.criterion("7.2.5")
def test_a_link_opens_it_and_a_reload_keeps_it(ops: OpsPage) -> None:
    ops.open("?module=graph")
    expect(ops.module_sheet("graph")).to_be_visible()
    ops.page.reload()
    expect(ops.module_sheet("graph")).to_be_visible()
    Chart(ops.module_sheet("graph"), "Errors").drawn()


@pytest.mark.thorough
@pytest.mark.criterion("7.2.5", "7.2.2")
def test_it_shows_the_present_and_the_past(ops: OpsPage) -> None:
    ops.module_button("search").click()
    sheet = ops.module_sheet("search")
    now = sheet.get_by_role("region", name="Now")
    expect_reading(now, "Healthy")
    expect(now).to_contain_text(re.compile(rf"last checked {CLOCK}, \d+ s ago \(UTC\)"))
    for name in ("Response time", "Errors"):
        expect(now.get_by_role("group", name=name)).to_have_attribute("data-display", "value")
        expect(Chart(sheet, name).drawn().caption).to_contain_text("for most of the hour")
    statuses = sheet.get_by_role("region", name="Status history")
    expect(statuses).to_contain_text("healthy 100 % of the time it was read")
    expect(statuses.locator("[data-status]")).to_have_count(1)
    expect(statuses.get_by_role("table", name="Latest statuses").get_by_role("rowheader")).to_have_text(
        ["Healthy"]
    )


@pytest.mark.thorough
@pytest.mark.criterion("7.2.5", "7.2.2", "nfr.performance.2")
def test_it_follows_while_it_is_open(page: Page, dashboard: StartDashboard) -> None:
    server = dashboard(OPS_DEMO_SCENARIO="healthy", OPS_REFRESH_SECONDS="5")
    until_past_is_known(server)
    ops = OpsPage(page, server.url).open_live("?module=search")
    sheet = ops.module_sheet("search")
    statuses = sheet.get_by_role("region", name="Status history")
    expect(statuses.get_by_role("rowheader")).to_have_text(["Healthy"])
    Demo(server.origin).set({"health.modules.search": DOWN})
    now = sheet.get_by_role("region", name="Now")
    expect_reading(now, "Down")
    expect(now).to_contain_text("The index is being rebuilt")
    expect_reading(now.get_by_role("group", name="Response time"), "1,240 ms")
    expect_reading(now.get_by_role("group", name="Errors"), "31")
    expect(Chart(sheet, "Response time").drawn().caption).to_contain_text("now")
    expect(statuses.get_by_role("rowheader")).to_have_text(["Down", "Healthy"])
    newest = statuses.get_by_role("row").nth(1).get_by_role("cell")
    expect(newest).to_have_text([re.compile(CLOCK), "now"])
    strip = statuses.locator("[data-status]")
    expect(strip.last).to_have_attribute("data-status", "down")
    assert [mark.get_attribute("data-status") for mark in strip.all()] == ["healthy", "down"]
    expect(statuses).to_contain_text(re.compile(r"healthy 9\d(\.\d)? % of the time"))


@pytest.mark.thorough
@pytest.mark.criterion("7.2.5")
def test_a_time_without_data_is_told_apart_from_every_status(watch: Watch) -> None:
    ops = watch("?module=search")
    statuses = ops.module_sheet("search").get_by_role("region", name="Status history")
    expect(statuses.get_by_role("rowheader")).to_have_text(["Healthy", "No data"])


@pytest.mark.thorough
@pytest.mark.criterion("7.2.5", "nfr.errors.4")
def test_a_module_that_nobody_knows_says_so(ops: OpsPage) -> None:
    ops.open("?module=nonesuch")
    sheet = ops.module_sheet("nonesuch")
    expect(sheet).to_contain_text("This backend reports no module of this name, and none is watched.")
    expect(sheet.get_by_role("figure")).to_have_count(0)
    ops.page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(ops.page).not_to_have_url(re.compile("module="))


@pytest.mark.thorough
@pytest.mark.criterion("7.2.5", "nfr.errors.1")
@pytest.mark.parametrize("name", ["<img src=x onerror=alert(1)>", "../../etc/passwd", "m" * 3_000])
def test_a_link_with_a_hostile_name_is_shown_as_text(ops: OpsPage, name: str) -> None:
    ops.open(f"?module={quote(name)}")
    expect(ops.page.get_by_role("dialog")).to_contain_text("no module of this name")
    assert ops.page.get_by_role("dialog").locator("img, script").count() == 0
    title = ops.page.get_by_role("dialog").get_by_role("heading", level=2)
    assert len(title.inner_text()) < 300


@pytest.mark.thorough
@pytest.mark.criterion("7.2.5", "nfr.errors.1", "nfr.errors.4")
def test_a_module_that_the_backend_says_nothing_of_says_so_of_each_figure(demo: Demo, watch: Watch) -> None:
    demo.set({"health.modules": {}})
    ops = watch("?module=search")
    sheet = ops.module_sheet("search")
    now = sheet.get_by_role("region", name="Now")
    expect_reading(now, "Unknown")
    expect(now).to_contain_text("never checked")
    for name in ("Response time", "Errors"):
        expect_reading(now.get_by_role("group", name=name), "not reported")
        expect(Chart(sheet, name).figure).to_have_attribute("data-state", "empty")
    expect(sheet.get_by_role("region", name="Status history")).to_contain_text("not read in this time")
