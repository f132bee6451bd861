"""Setting the rules of the alerts: for everybody, from the next reading on, and never by mistake."""

import re

import pytest
from playwright.sync_api import expect

from tests.dashboard_server import DashboardServer
from tests.e2e.alert_preferences import AlertPreferences
from tests.e2e.alerts_page import CRITICAL, ERROR_RATE, AlertsPage, calm
from tests.e2e.conftest import Watch
from tests.e2e.demo import Demo
from tests.e2e.pages import OpsPage
from tests.e2e.snapshots import until_refreshed

RULE = "Error rate"


@pytest.fixture
def alerts(demo: Demo, watch: Watch) -> AlertsPage:
    """The page while nothing is wrong and the error rate is 3 %."""
    calm(demo)
    demo.set({"performance.error_rate": 3})
    return AlertsPage(watch()).quiet()


@pytest.mark.criterion("7.11.7", "7.11.1", "7.1.3")
def test_a_lowered_threshold_fires_at_once_and_a_raised_one_resolves_at_once(alerts: AlertsPage) -> None:
    preferences = AlertPreferences(alerts.page).open()
    preferences.change(RULE, "Warning above", "2")
    preferences.save()
    preferences.close()
    expect(alerts.row(ERROR_RATE)).to_contain_text("Error rate is 3 % (> 2 %)")
    expect(alerts.row(ERROR_RATE)).to_have_attribute("data-severity", "warning")

    preferences.open().change(RULE, "Warning above", "7.5")
    preferences.save()
    preferences.close()
    alerts.quiet()


@pytest.mark.criterion("7.11.7")
def test_the_preview_tells_what_a_change_would_mean_before_it_is_saved(alerts: AlertsPage) -> None:
    preferences = AlertPreferences(alerts.page).open()
    rule = preferences.rule(RULE)
    expect(rule).to_contain_text("Would be firing now: no")
    preferences.change(RULE, "Warning above", "2")
    expect(rule).to_contain_text(re.compile(r"Would be firing now:\s*yes, warning"))
    preferences.change(RULE, "Critical above", "2.5")
    expect(rule).to_contain_text(re.compile(r"Would be firing now:\s*yes, critical"))
    expect(alerts.rows).to_have_count(0)
    preferences.button("Discard changes").click()
    expect(preferences.told).to_have_text("The changes were discarded.")
    expect(preferences.field(RULE, "Warning above")).to_have_value("5")
    expect(rule).to_contain_text("Would be firing now: no")


@pytest.mark.thorough
@pytest.mark.criterion("7.11.7")
def test_a_rule_that_is_switched_off_ends_its_alert_and_fires_no_more(demo: Demo, alerts: AlertsPage) -> None:
    demo.set(CRITICAL)
    expect(alerts.row(ERROR_RATE)).to_be_visible()
    preferences = AlertPreferences(alerts.page).open()
    preferences.watched(RULE).click()
    expect(preferences.rule(RULE)).to_contain_text("no, it is switched off")
    preferences.save()
    preferences.close()
    alerts.quiet()
    preferences.open().watched(RULE).click()
    preferences.save()
    preferences.close()
    expect(alerts.row(ERROR_RATE)).to_be_visible()


@pytest.mark.thorough
@pytest.mark.criterion("7.11.7")
def test_a_breach_must_last_as_long_as_is_asked(demo: Demo, alerts: AlertsPage) -> None:
    preferences = AlertPreferences(alerts.page).open()
    preferences.change(RULE, "For at least", "4")
    preferences.save()
    preferences.close()
    demo.set({"performance.error_rate": 12, "performance.api_response_time.p95": 600})
    # Both are read by the same call: the other rule has fired, and this one waits.
    expect(alerts.row("response_time|")).to_be_visible()
    assert alerts.row(ERROR_RATE).count() == 0
    expect(alerts.row(ERROR_RATE)).to_be_visible()


@pytest.mark.thorough
@pytest.mark.criterion("7.11.7")
def test_preferences_are_shared_and_reset_by_anybody(alerts: AlertsPage) -> None:
    mine = AlertPreferences(alerts.page).open()
    mine.change(RULE, "Warning above", "2")
    mine.change("Worker queue", "Critical above", "900")
    mine.save()
    mine.close()

    other = alerts.colleague()
    theirs = AlertPreferences(other.page).open()
    expect(theirs.field(RULE, "Warning above")).to_have_value("2")
    expect(theirs.field("Worker queue", "Critical above")).to_have_value("900")
    theirs.rule(RULE).get_by_role("button", name=f"Reset {RULE}").click()
    theirs.confirm_reset()
    expect(theirs.told).to_have_text("The defaults hold again.")
    expect(theirs.field(RULE, "Warning above")).to_have_value("5")
    expect(theirs.field("Worker queue", "Critical above")).to_have_value("900")
    alerts.quiet()

    theirs.button("Reset all…").click()
    theirs.confirm_reset()
    expect(theirs.field("Worker queue", "Critical above")).to_have_value("200")
    expect(theirs.button("Reset all…")).to_have_attribute("aria-disabled", "true")
    expect(mine.open().field("Worker queue", "Critical above")).to_have_value("200")


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("label", "text", "sentence"),
    [
        ("Warning above", "", "Must be a number, such as 7.5."),
        ("Warning above", "1e999", "Must be a number, such as 7.5."),
        ("Warning above", "10", "Must be lower than the critical threshold, 10 %."),
        ("Critical above", "4", "Must be higher than the warning threshold, 5 %."),
    ],
)
@pytest.mark.criterion("7.11.7", "nfr.errors.4")
def test_what_cannot_be_taken_is_said_beside_its_field_and_nothing_is_lost_or_saved(
    ops: OpsPage, healthy_dashboard: DashboardServer, label: str, text: str, sentence: str
) -> None:
    preferences = AlertPreferences(ops.page).open()
    other = preferences.change("Worker queue", "Warning above", "120")
    field = preferences.change(RULE, label, text)
    expect(field).to_have_accessible_description(sentence)
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(preferences.rule(RULE).get_by_text(sentence, exact=True)).to_be_visible()
    expect(preferences.rule(RULE)).to_contain_text("Would be firing now: cannot be told")
    preferences.button("Save").click()
    expect(preferences.told).to_have_text(f"Nothing was saved. Please look at: {RULE}.")

    until_refreshed(healthy_dashboard)
    preferences.close()
    preferences.open()
    expect(field).to_have_value(text)
    expect(field).to_have_accessible_description(sentence)
    expect(other).to_have_value("120")

    colleague = OpsPage(ops.page.context.new_page(), ops.url).open_live()
    theirs = AlertPreferences(colleague.page).open()
    defaults = {"Warning above": "5", "Critical above": "10", "For at least": "0"}
    expect(theirs.field(RULE, label)).to_have_value(defaults[label])
    expect(theirs.field("Worker queue", "Warning above")).to_have_value("100")


@pytest.mark.thorough
@pytest.mark.criterion("7.11.7", "nfr.performance.2")
def test_a_refresh_leaves_alone_what_is_being_typed(ops: OpsPage, healthy_dashboard: DashboardServer) -> None:
    preferences = AlertPreferences(ops.page).open()
    field = preferences.field(RULE, "Warning above")
    field.fill("")
    ops.page.keyboard.type("6")
    until_refreshed(healthy_dashboard, times=2)
    expect(field).to_be_focused()
    ops.page.keyboard.type(".25")
    expect(field).to_have_value("6.25")


@pytest.mark.thorough
@pytest.mark.criterion("7.11.7")
def test_a_link_opens_them(ops: OpsPage) -> None:
    ops.open("?open=preferences")
    preferences = AlertPreferences(ops.page)
    expect(preferences.field(RULE, "Warning above")).to_have_value("5")
    preferences.close()
    expect(ops.page).not_to_have_url(re.compile("open="))
