"""The note of an acknowledged alert: added and changed while it is open, never lost, never another's words."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.dashboard_server import StartDashboard
from tests.e2e.alerts_page import CRITICAL, ERROR_RATE, AlertsPage, calm
from tests.e2e.demo import Demo
from tests.e2e.pages import OpsPage
from tests.e2e.snapshots import until_read


@pytest.fixture
def alerts(page: Page, demo: Demo, dashboard: StartDashboard) -> AlertsPage:
    """The page with one critical alert."""
    calm(demo)
    server = dashboard(OPS_BACKEND_URL=demo.origin, OPS_REFRESH_SECONDS="5")
    until_read(server)
    alerts = AlertsPage(OpsPage(page, server.url).open_live()).quiet()
    demo.set(CRITICAL)
    expect(alerts.row(ERROR_RATE)).to_be_visible()
    return alerts


def dialog(tab: AlertsPage) -> Locator:
    return tab.page.get_by_role("dialog", name="Alert note")


def text_of(tab: AlertsPage) -> Locator:
    return dialog(tab).get_by_role("textbox", name="Note")


def save(tab: AlertsPage, note: str) -> None:
    text_of(tab).fill(note)
    dialog(tab).get_by_role("button", name="Save note").click()


@pytest.mark.thorough
@pytest.mark.criterion("7.1.5", "7.11.5")
def test_a_note_is_added_and_changed_while_the_alert_is_open_and_lost_to_nobody(alerts: AlertsPage) -> None:
    other, row = alerts.colleague(), alerts.row(ERROR_RATE)
    expect(alerts.button(ERROR_RATE, "Add note")).to_have_count(0)
    alerts.button(ERROR_RATE, "Acknowledge").click()
    alerts.expect_handled(ERROR_RATE, "acknowledged")

    alerts.button(ERROR_RATE, "Add note").click()
    expect(text_of(alerts)).to_be_focused()
    expect(text_of(alerts)).to_have_value("")
    save(alerts, "restarted <b>search</b>, watching")
    expect(dialog(alerts)).to_be_hidden()
    alerts.expect_outcome("Error rate: note saved.")

    expect(alerts.button(ERROR_RATE, "Change note")).to_be_focused()
    for tab in (alerts, other):
        expect(tab.row(ERROR_RATE)).to_contain_text("“restarted <b>search</b>, watching”")
        expect(tab.row(ERROR_RATE)).to_contain_text(re.compile(r"acknowledged by an operator at"))

    alerts.choose(ERROR_RATE, "More actions", "Change the note…")
    other.button(ERROR_RATE, "Change note").click()
    for tab in (alerts, other):
        expect(text_of(tab)).to_have_value("restarted <b>search</b>, watching")
    save(other, "search is well again")
    expect(row).to_contain_text("“search is well again”")
    save(alerts, "still watching")
    told = dialog(alerts).get_by_role("alert")
    expect(told).to_contain_text("Somebody changed the note meanwhile.")
    expect(told).to_contain_text("“search is well again”")
    expect(text_of(alerts)).to_have_value("still watching")
    expect(row).to_contain_text("“search is well again”")
    dialog(alerts).get_by_role("button", name="Save note").click()
    for tab in (alerts, other):
        expect(tab.row(ERROR_RATE)).to_contain_text("“still watching”")

    alerts.choose(ERROR_RATE, "More actions", "Details")
    happened = alerts.page.get_by_role("region", name="What happened").locator("[data-kind=noted]")
    expect(happened).to_have_count(3)
    for entry, words in zip(
        happened.all(),
        ("restarted <b>search</b>, watching", "search is well again", "still watching"),
        strict=True,
    ):
        expect(entry).to_contain_text("Note changed")
        expect(entry).to_contain_text(f"“{words}”")
    facts = alerts.page.get_by_role("dialog", name="Alert history").locator("dl")
    expect(facts).to_contain_text("“still watching”")
