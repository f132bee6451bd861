"""Snoozing an alert for a time, or dismissing it until it is resolved; both can be taken back."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.alerts_page import CRITICAL, ERROR_RATE, QUEUE, AlertsPage, calm, listen
from tests.e2e.conftest import Watch
from tests.e2e.demo import Demo
from tests.e2e.times import CLOCK


@pytest.fixture
def alerts(page: Page, demo: Demo, watch: Watch) -> AlertsPage:
    """The page with one critical alert."""
    listen(page)
    calm(demo)
    demo.set(CRITICAL)
    alerts = AlertsPage(watch())
    expect(alerts.row(ERROR_RATE)).to_be_visible()
    return alerts


@pytest.mark.parametrize(
    ("choice", "left"),
    [
        ("15 minutes", r"1[45] min"),
        pytest.param("4 hours", r"3 h 59 min|4 h|3 h", marks=pytest.mark.thorough),
    ],
)
@pytest.mark.criterion("7.11.5")
def test_a_snooze_says_until_when_and_by_whom_and_keeps_it_quiet(
    alerts: AlertsPage, choice: str, left: str
) -> None:
    other = alerts.colleague()
    alerts.choose(ERROR_RATE, "Snooze", choice)
    alerts.expect_outcome("Error rate: snoozed.")
    for tab in (alerts, other):
        tab.expect_handled(ERROR_RATE, "snoozed")
        expect(tab.row(ERROR_RATE)).to_contain_text(
            re.compile(rf"snoozed by an operator until {CLOCK} \(({left}) left\)")
        )
        expect(tab.bell).to_have_text("")
        expect(tab.page).to_have_title("System operations")


@pytest.mark.thorough
@pytest.mark.criterion("7.11.5")
def test_a_snooze_with_a_reason_can_be_ended_and_is_not_announced_anew(alerts: AlertsPage) -> None:
    before = len(alerts.heard("interruption"))
    alerts.choose(ERROR_RATE, "Snooze", "With a reason…")
    expect(alerts.note.get_by_role("radio", name="1 h", exact=True)).to_be_checked()
    alerts.note.get_by_role("radio", name="4 h", exact=True).click()
    alerts.note.get_by_role("textbox", name="Note").fill("known, fixed tonight")
    alerts.note.get_by_role("button", name="Snooze", exact=True).click()
    alerts.expect_handled(ERROR_RATE, "snoozed")
    expect(alerts.row(ERROR_RATE)).to_contain_text("“known, fixed tonight”")

    alerts.choose(ERROR_RATE, "Snooze", "End the snooze")
    alerts.expect_outcome("Error rate: no longer snoozed.")
    alerts.expect_handled(ERROR_RATE, "new")
    expect(alerts.bell).to_have_text("1 new")
    expect(alerts.row(ERROR_RATE)).not_to_contain_text("known, fixed tonight")
    assert len(alerts.heard("interruption")) == before


@pytest.mark.thorough
@pytest.mark.criterion("7.1.5", "7.11.5")
def test_a_dismissed_alert_is_put_away_and_undo_brings_it_back(alerts: AlertsPage) -> None:
    other = alerts.colleague()
    alerts.button(ERROR_RATE, "Dismiss").click()
    alerts.expect_outcome("Error rate: dismissed until it is resolved.")
    for tab in (alerts, other):
        expect(tab.row(ERROR_RATE)).to_have_count(0)
        expect(tab.region.get_by_role("button", name="1 dismissed until resolved")).to_be_visible()
        expect(tab.bell).to_have_text("")
    alerts.undo.click()
    alerts.expect_outcome("Error rate: back among the active alerts.")
    for tab in (alerts, other):
        expect(tab.row(ERROR_RATE)).to_be_visible()
        expect(tab.bell).to_have_text("1 new")


@pytest.mark.thorough
@pytest.mark.criterion("7.11.5")
def test_a_colleague_can_bring_back_what_was_snoozed_until_resolved(alerts: AlertsPage) -> None:
    other = alerts.colleague()
    alerts.choose(ERROR_RATE, "Snooze", "Until resolved")
    expect(alerts.row(ERROR_RATE)).to_have_count(0)
    other.region.get_by_role("button", name="1 dismissed until resolved").click()
    other.region.get_by_role("button", name="Undo Error rate").click()
    other.expect_outcome("Error rate: back among the active alerts.")
    alerts.expect_handled(ERROR_RATE, "new")


@pytest.mark.thorough
@pytest.mark.criterion("7.11.5")
def test_undoing_a_dismissal_brings_back_the_acknowledgement_before_it(alerts: AlertsPage) -> None:
    alerts.handle_with_note(ERROR_RATE, "Acknowledge", "on it")
    alerts.expect_handled(ERROR_RATE, "acknowledged")
    alerts.button(ERROR_RATE, "Dismiss").click()
    alerts.undo.click()
    alerts.expect_handled(ERROR_RATE, "acknowledged")
    expect(alerts.row(ERROR_RATE)).to_contain_text("“on it”")


@pytest.mark.thorough
@pytest.mark.criterion("7.11.5", "7.1.3")
def test_what_is_dismissed_hides_no_other_alert(demo: Demo, alerts: AlertsPage) -> None:
    alerts.button(ERROR_RATE, "Dismiss").click()
    expect(alerts.row(ERROR_RATE)).to_have_count(0)
    demo.set({"workers.queue_length": 150})
    expect(alerts.row(QUEUE)).to_be_visible()
    expect(alerts.page).to_have_title("(1) System operations")


@pytest.mark.thorough
@pytest.mark.criterion("7.11.5", "nfr.responsiveness.3")
def test_on_a_phone_the_menu_offers_all_that_has_no_button(alerts: AlertsPage) -> None:
    alerts.page.set_viewport_size({"width": 390, "height": 844})
    expect(alerts.button(ERROR_RATE, "Dismiss")).to_be_hidden()
    alerts.choose(ERROR_RATE, "More actions", "Snooze: 15 minutes")
    alerts.expect_handled(ERROR_RATE, "snoozed")
    alerts.choose(ERROR_RATE, "More actions", "Dismiss")
    expect(alerts.row(ERROR_RATE)).to_have_count(0)
    alerts.undo.click()
    alerts.expect_handled(ERROR_RATE, "snoozed")
