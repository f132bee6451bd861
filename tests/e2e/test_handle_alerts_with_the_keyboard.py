"""Handling alerts with the keyboard alone: everything is reached, and the focus is never lost."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.alert_history import AlertHistory
from tests.e2e.alert_preferences import AlertPreferences
from tests.e2e.alerts_page import CRITICAL, ERROR_RATE, AlertsPage, calm
from tests.e2e.conftest import Watch
from tests.e2e.demo import Demo

MOST_STOPS = 60
"""From the top of the page to the alerts."""


@pytest.fixture
def alerts(demo: Demo, watch: Watch) -> AlertsPage:
    """The page with one critical alert."""
    calm(demo)
    demo.set(CRITICAL)
    alerts = AlertsPage(watch())
    expect(alerts.row(ERROR_RATE)).to_be_visible()
    return alerts


def focused(alerts: AlertsPage) -> Locator:
    return alerts.page.locator("*:focus")


def press(alerts: AlertsPage, *keys: str) -> None:
    for key in keys:
        alerts.page.keyboard.press(key)


def reach(alerts: AlertsPage, action: str) -> Locator:
    """Go on with Tab until a button of the alert has the focus."""
    button = alerts.button(ERROR_RATE, action)
    for _ in range(MOST_STOPS):
        if button.evaluate("button => button === document.activeElement"):
            return button
        press(alerts, "Tab")
    raise AssertionError(f"the Tab key does not reach {action!r}")


@pytest.mark.criterion("nfr.accessibility.2", "7.1.5", "7.11.5")
def test_all_actions_are_reached_in_their_order_and_acknowledging_keeps_the_focus(alerts: AlertsPage) -> None:
    reach(alerts, "Acknowledge")
    press(alerts, "Enter")
    alerts.expect_handled(ERROR_RATE, "acknowledged")
    expect(alerts.button(ERROR_RATE, "Acknowledged")).to_be_focused()
    for name in ("Snooze", "Dismiss", "More actions"):
        press(alerts, "Tab")
        expect(focused(alerts)).to_have_accessible_name(f"{name} Error rate")


@pytest.mark.thorough
@pytest.mark.criterion("nfr.accessibility.2", "7.11.5")
def test_the_snooze_menu_obeys_the_arrow_keys_and_gives_the_focus_back(alerts: AlertsPage) -> None:
    trigger = reach(alerts, "Snooze")
    press(alerts, "Enter")
    items = alerts.page.get_by_role("menuitem")
    expect(items.nth(0)).to_be_focused()
    press(alerts, "ArrowDown")
    expect(items.nth(1)).to_be_focused()
    press(alerts, "Escape")
    expect(items).to_have_count(0)
    expect(trigger).to_be_focused()
    alerts.expect_handled(ERROR_RATE, "new")

    press(alerts, "Enter")
    expect(items.nth(0)).to_be_focused()
    press(alerts, "Enter")
    alerts.expect_handled(ERROR_RATE, "snoozed")
    expect(trigger).to_be_focused()

    press(alerts, "Enter")
    expect(alerts.page.get_by_role("menuitem", name="End the snooze")).to_be_focused()
    press(alerts, "Enter")
    alerts.expect_handled(ERROR_RATE, "new")
    expect(trigger).to_be_focused()


@pytest.mark.thorough
@pytest.mark.criterion("nfr.accessibility.2", "7.1.5", "7.11.5")
def test_dismiss_undo_and_dismiss_again_follow_each_other_without_a_detour(alerts: AlertsPage) -> None:
    reach(alerts, "Dismiss")
    press(alerts, "Enter")
    expect(alerts.row(ERROR_RATE)).to_have_count(0)
    expect(alerts.undo).to_be_focused()
    press(alerts, "Enter")
    expect(alerts.row(ERROR_RATE)).to_be_visible()
    again = alerts.region.get_by_role("button", name="Dismiss again")
    expect(again).to_be_focused()
    press(alerts, "Enter")
    expect(alerts.row(ERROR_RATE)).to_have_count(0)
    expect(alerts.undo).to_be_focused()


@pytest.mark.thorough
@pytest.mark.criterion("nfr.accessibility.2", "7.11.5")
def test_the_dialog_for_a_note_takes_the_focus_and_gives_it_back(alerts: AlertsPage) -> None:
    trigger = reach(alerts, "More actions")
    press(alerts, "Enter")
    expect(alerts.page.get_by_role("menuitem", name="Acknowledge with a note…")).to_be_focused()
    press(alerts, "Enter")
    expect(alerts.note.get_by_role("textbox", name="Note")).to_be_focused()
    press(alerts, "Escape")
    expect(alerts.note).to_be_hidden()
    expect(trigger).to_be_focused()

    press(alerts, "Enter")
    expect(alerts.page.get_by_role("menuitem", name="Acknowledge with a note…")).to_be_focused()
    press(alerts, "Enter")
    expect(alerts.note.get_by_role("textbox", name="Note")).to_be_focused()
    alerts.page.keyboard.type("on it")
    press(alerts, "Tab", "Tab")
    expect(alerts.note.get_by_role("button", name="Acknowledge", exact=True)).to_be_focused()
    press(alerts, "Enter")
    alerts.expect_handled(ERROR_RATE, "acknowledged")
    expect(alerts.row(ERROR_RATE)).to_contain_text("“on it”")
    expect(trigger).to_be_focused()


@pytest.mark.thorough
@pytest.mark.criterion("nfr.accessibility.2", "7.1.4", "7.11.4")
def test_history_and_details_are_read_without_losing_the_focus(alerts: AlertsPage) -> None:
    history = AlertHistory(alerts.page)
    alerts.bell.focus()
    press(alerts, "Enter")
    expect(history.rows).to_have_count(1)
    incident = history.rows.first.get_by_role("button")
    incident.focus()
    press(alerts, "Enter")
    expect(history.button("All alerts")).to_be_focused()
    press(alerts, "Enter")
    expect(incident).to_be_focused()
    press(alerts, "Escape")
    expect(history.dialog).to_be_hidden()
    expect(alerts.bell).to_be_focused()


@pytest.mark.thorough
@pytest.mark.criterion("nfr.accessibility.2", "7.11.7")
def test_preferences_are_changed_saved_and_reset_by_the_keyboard(alerts: AlertsPage) -> None:
    preferences = AlertPreferences(alerts.page)
    alerts.settings.focus()
    press(alerts, "Enter")
    field = preferences.field("Error rate", "Warning above")
    field.focus()
    press(alerts, "Control+a")
    alerts.page.keyboard.type("6.5")
    press(alerts, "Enter")
    expect(preferences.told).to_contain_text("Saved.")
    expect(field).to_be_focused()

    reset = preferences.rule("Error rate").get_by_role("button", name="Reset Error rate")
    reset.focus()
    press(alerts, "Enter")
    question = alerts.page.get_by_role("dialog", name="Reset to defaults")
    expect(question).to_be_visible()
    press(alerts, "Escape")
    expect(question).to_be_hidden()
    expect(reset).to_be_focused()
    press(alerts, "Enter")
    question.get_by_role("button", name="Reset", exact=True).press("Enter")
    expect(question).to_be_hidden()
    expect(field).to_have_value("5")
    expect(reset).to_be_focused()
    press(alerts, "Escape")
    expect(preferences.dialog).to_be_hidden()
    expect(alerts.settings).to_be_focused()


@pytest.mark.thorough
@pytest.mark.criterion("nfr.accessibility.2", "nfr.performance.2")
def test_news_of_an_alert_does_not_take_the_focus_from_its_button(demo: Demo, alerts: AlertsPage) -> None:
    button = reach(alerts, "Dismiss")
    demo.set({"performance.error_rate": 14, "workers.queue_length": 300})
    expect(alerts.row(ERROR_RATE)).to_contain_text("14 %")
    expect(alerts.rows).to_have_count(2)
    expect(button).to_be_focused()
    expect(focused(alerts)).to_have_accessible_name(re.compile("^Dismiss Error rate$"))
