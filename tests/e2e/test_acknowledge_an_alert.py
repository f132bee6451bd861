"""Acknowledging an alert: everybody sees who takes care of it, and nothing loses that."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.dashboard_server import DashboardServer, StartDashboard
from tests.e2e.alerts_page import CRITICAL, ERROR_RATE, WARNING, AlertsPage, calm, listen, many_down
from tests.e2e.console import Console
from tests.e2e.demo import Demo
from tests.e2e.pages import OpsPage
from tests.e2e.snapshots import until_read
from tests.e2e.test_lose_the_dashboard_s_own_server import CONNECTION_LOST
from tests.e2e.times import CLOCK

WHO_AND_WHEN = re.compile(rf"acknowledged by an operator at {CLOCK}")


@pytest.fixture
def server(demo: Demo, dashboard: StartDashboard) -> DashboardServer:
    calm(demo)
    server = dashboard(OPS_BACKEND_URL=demo.origin, OPS_REFRESH_SECONDS="5")
    until_read(server)
    return server


@pytest.fixture
def alerts(page: Page, demo: Demo, server: DashboardServer) -> AlertsPage:
    """The page with one critical alert."""
    listen(page)
    alerts = AlertsPage(OpsPage(page, server.url).open_live()).quiet()
    demo.set(CRITICAL)
    expect(alerts.row(ERROR_RATE)).to_be_visible()
    return alerts


@pytest.mark.criterion("7.1.5", "7.11.5")
def test_every_tab_shows_who_acknowledged_it_and_when_and_counts_it_no_more(alerts: AlertsPage) -> None:
    other = alerts.colleague()
    expect(other.bell).to_have_text("1 new")
    alerts.button(ERROR_RATE, "Acknowledge").click()
    alerts.expect_outcome("Error rate: acknowledged.")
    for tab in (alerts, other):
        tab.expect_handled(ERROR_RATE, "acknowledged")
        expect(tab.row(ERROR_RATE)).to_contain_text(WHO_AND_WHEN)
        expect(tab.button(ERROR_RATE, "Acknowledged")).to_have_attribute("aria-disabled", "true")
        expect(tab.bell).to_have_text("")
        expect(tab.page).to_have_title("System operations")
    expect(other.outcome).to_have_text("")


@pytest.mark.thorough
@pytest.mark.criterion("7.1.5", "7.11.5")
def test_a_note_tells_the_others_why(alerts: AlertsPage) -> None:
    other = alerts.colleague()
    alerts.handle_with_note(ERROR_RATE, "Acknowledge", "  <b>re-index</b> running, back by 14:30 ")
    expect(other.row(ERROR_RATE)).to_contain_text(WHO_AND_WHEN)
    expect(other.row(ERROR_RATE)).to_contain_text("“<b>re-index</b> running, back by 14:30”")
    expect(other.row(ERROR_RATE).locator("b")).to_have_count(0)


@pytest.mark.thorough
@pytest.mark.criterion("7.1.5")
def test_a_note_that_is_cancelled_does_nothing(alerts: AlertsPage) -> None:
    alerts.choose(ERROR_RATE, "More actions", "Acknowledge with a note…")
    alerts.note.get_by_role("textbox", name="Note").fill("never mind")
    alerts.note.get_by_role("button", name="Cancel").click()
    expect(alerts.note).to_be_hidden()
    alerts.expect_handled(ERROR_RATE, "new")
    expect(alerts.outcome).to_have_text("")


@pytest.mark.thorough
@pytest.mark.criterion("7.1.5", "7.11.5", "nfr.performance.2")
def test_a_refresh_leaves_alone_what_is_being_typed(demo: Demo, alerts: AlertsPage) -> None:
    alerts.choose(ERROR_RATE, "More actions", "Acknowledge with a note…")
    text = alerts.note.get_by_role("textbox", name="Note")
    expect(text).to_be_focused()
    alerts.page.keyboard.type("half a sen")
    demo.set({"performance.error_rate": 14})
    expect(alerts.row(ERROR_RATE)).to_contain_text("14 %")
    expect(text).to_be_focused()
    alerts.page.keyboard.type("tence")
    expect(text).to_have_value("half a sentence")


@pytest.mark.thorough
@pytest.mark.criterion("7.1.5", "7.11.5")
def test_a_reload_and_a_crash_of_the_server_keep_it_and_repeat_no_sound(
    alerts: AlertsPage, server: DashboardServer, console: Console
) -> None:
    console.allow(CONNECTION_LOST)
    alerts.handle_with_note(ERROR_RATE, "Acknowledge", "on it")
    alerts.expect_handled(ERROR_RATE, "acknowledged")
    shown = WHO_AND_WHEN.search(alerts.row(ERROR_RATE).inner_text())
    assert shown is not None

    alerts.page.reload()
    expect(alerts.row(ERROR_RATE)).to_contain_text(shown[0])
    server.kill()
    server.start()
    alerts.ops.open_live()
    expect(alerts.row(ERROR_RATE)).to_contain_text(shown[0])
    expect(alerts.row(ERROR_RATE)).to_contain_text("“on it”")
    expect(alerts.rows).to_have_count(1)
    assert alerts.heard("interruption") == []


@pytest.mark.thorough
@pytest.mark.criterion("7.1.5", "7.11.5")
def test_two_operators_at_once_both_get_a_true_answer(alerts: AlertsPage) -> None:
    other = alerts.colleague()
    tabs = (alerts, other)
    buttons = [tab.button(ERROR_RATE, "Acknowledge").element_handle() for tab in tabs]
    for button in buttons:  # whichever comes second does not wait to see what the first has done
        button.dispatch_event("click")
    for tab in tabs:
        expect(tab.outcome).not_to_have_text("")
    answers = sorted(tab.outcome.inner_text() for tab in tabs)
    assert answers == ["Already acknowledged by an operator.", "Error rate: acknowledged."]
    alerts.choose(ERROR_RATE, "More actions", "Details")
    happened = alerts.page.get_by_role("region", name="What happened").get_by_role("listitem")
    expect(happened.and_(alerts.page.locator("[data-kind=acknowledged]"))).to_have_count(1)


@pytest.mark.thorough
@pytest.mark.criterion("7.11.5", "7.11.2")
def test_an_acknowledged_warning_that_gets_worse_is_new_again(
    page: Page, demo: Demo, server: DashboardServer
) -> None:
    alerts = AlertsPage(OpsPage(page, server.url).open_live()).quiet()
    demo.set(WARNING)
    alerts.button(ERROR_RATE, "Acknowledge").click()
    alerts.expect_handled(ERROR_RATE, "acknowledged")
    demo.set(CRITICAL)
    expect(alerts.row(ERROR_RATE)).to_have_attribute("data-severity", "critical")
    alerts.expect_handled(ERROR_RATE, "new")
    expect(alerts.bell).to_have_text("1 new")


@pytest.mark.thorough
@pytest.mark.criterion("7.11.5", "7.1.5")
def test_many_of_one_kind_are_acknowledged_together(page: Page, demo: Demo, server: DashboardServer) -> None:
    alerts = AlertsPage(OpsPage(page, server.url).open_live()).quiet()
    demo.set(many_down(4))
    group = alerts.region.locator("[data-group=module_status]")
    expect(group).to_contain_text("Module health: 4")
    expect(alerts.bell).to_have_text("4 new")
    group.get_by_role("button", name="Acknowledge all Module health: 4").click()
    alerts.expect_outcome("4 alerts acknowledged.")
    expect(alerts.bell).to_have_text("")
    group.get_by_role("button", name="Module health: 4").first.click()
    for number in range(1, 5):
        alerts.expect_handled(f"module_status|extra-{number:02}", "acknowledged")
