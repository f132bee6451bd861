"""One event, one alert: an outage, a release that breaks much at once, and a value that wavers."""

import pytest
from playwright.sync_api import Page, expect

from tests.dashboard_server import DashboardServer, StartDashboard
from tests.e2e.alert_history import AlertHistory
from tests.e2e.alerts_page import CRITICAL, ERROR_RATE, UNREACHABLE, WELL, AlertsPage, calm, listen, many_down
from tests.e2e.demo import Demo
from tests.e2e.pages import OpsPage
from tests.e2e.snapshots import snapshot, until_read
from tests.e2e.waiting import until

RECOVERY_MS = 40_000
"""Until the next try, and the ten seconds for which it must last."""


@pytest.fixture
def server(demo: Demo, dashboard: StartDashboard) -> DashboardServer:
    calm(demo)
    server = dashboard(OPS_BACKEND_URL=demo.origin, OPS_REFRESH_SECONDS="5")
    until_read(server)
    return server


@pytest.fixture
def alerts(page: Page, server: DashboardServer) -> AlertsPage:
    """The page while nothing is wrong."""
    listen(page)
    return AlertsPage(OpsPage(page, server.url).open_live()).quiet()


@pytest.mark.criterion("7.1.3", "7.11.3", "nfr.errors.1", "success.5")
def test_a_backend_that_is_gone_is_one_alert_from_beginning_to_end(demo: Demo, alerts: AlertsPage) -> None:
    demo.play("outage")
    expect(alerts.row(UNREACHABLE)).to_contain_text("The backend is unreachable")
    expect(alerts.row(UNREACHABLE)).to_have_attribute("data-severity", "critical")
    expect(alerts.page).to_have_title("? System operations")
    alerts.expect_icon("?")
    demo.play("healthy")
    expect(alerts.row(UNREACHABLE)).to_contain_text("The backend answers again", timeout=RECOVERY_MS)
    expect(alerts.row(UNREACHABLE)).to_have_count(0, timeout=RECOVERY_MS)
    alerts.quiet()
    expect(alerts.page).to_have_title("System operations")
    assert alerts.heard("interruption") == ["critical"]
    assert alerts.heard("sound") == ["critical"]
    history = AlertHistory(alerts.page).open()
    expect(history.count).to_have_text("1–1 of 1")
    expect(history.rows.first).to_have_attribute("data-state", "resolved")


@pytest.mark.thorough
@pytest.mark.criterion("7.1.3", "7.11.3", "nfr.errors.1")
def test_it_mutes_what_it_explains_and_hands_it_back_without_a_sound(demo: Demo, alerts: AlertsPage) -> None:
    demo.set(CRITICAL)
    expect(alerts.row(ERROR_RATE)).to_be_visible()
    until(lambda: alerts.heard("interruption") == ["critical"], "the interruption")
    demo.play("outage")
    expect(alerts.row(UNREACHABLE)).to_be_visible()
    expect(alerts.row(ERROR_RATE)).to_have_count(0)
    alerts.region.get_by_role("button", name="Explains 1 more alert").click()
    expect(alerts.row(ERROR_RATE)).to_contain_text("muted: the backend is unreachable")
    expect(alerts.row(ERROR_RATE)).to_contain_text("no fresh data since")
    expect(alerts.bell).to_have_text("1 new")
    expect(alerts.bell).to_have_accessible_description("1 critical, 1 handled or muted.")
    served = alerts.served()
    assert (served["critical"], served["quiet"]) == (1, 1)

    demo.play("healthy")
    expect(alerts.row(UNREACHABLE)).to_have_count(0, timeout=RECOVERY_MS)
    expect(alerts.row(ERROR_RATE)).to_contain_text("12 %")
    expect(alerts.row(ERROR_RATE)).not_to_contain_text("muted")
    assert alerts.heard("interruption") == ["critical", "critical"]


@pytest.mark.thorough
@pytest.mark.criterion("7.1.3", "nfr.errors.1")
def test_a_backend_whose_every_answer_is_useless_is_one_alert_too(demo: Demo, alerts: AlertsPage) -> None:
    demo.fault("*", "html")
    row = alerts.row("backend_unreadable|")
    expect(row).to_contain_text("The backend answers, but nothing can be read")
    until(lambda: alerts.heard("interruption") == ["critical"], "the interruption")
    expect(alerts.bell).to_have_text("1 new")


@pytest.mark.thorough
@pytest.mark.criterion("7.11.3", "7.1.3", "nfr.accessibility.3")
def test_what_breaks_in_one_reading_makes_one_sound_and_is_read_out_in_one_sentence(
    demo: Demo, alerts: AlertsPage
) -> None:
    demo.set(many_down(20))
    expect(alerts.bell).to_have_text("20 new")
    expect(alerts.region.locator("[data-group=module_status]")).to_contain_text("Module health: 20")
    expect(alerts.rows).to_have_count(0)  # within the group, which is closed at first
    until(lambda: alerts.heard("interruption"), "the interruption")
    assert alerts.heard("sound") == ["critical"]
    (said,) = alerts.said()
    assert said.startswith("20 alerts, 20 critical: ")
    assert said.endswith("and 17 more")


@pytest.mark.thorough
@pytest.mark.criterion("7.1.3", "7.11.3", "success.5")
def test_a_value_that_wavers_is_one_alert_one_sound_and_is_said_to_flap(
    demo: Demo, alerts: AlertsPage, server: DashboardServer
) -> None:
    for change in (CRITICAL, WELL) * 4:
        demo.set(change)
        (rate,) = change.values()
        until(lambda rate=rate: _error_rate(server) == rate, f"the reading of {rate} %")
    row = alerts.row(ERROR_RATE)
    expect(row.get_by_text("flapping", exact=True)).to_be_visible()
    expect(alerts.rows).to_have_count(1)
    assert alerts.heard("interruption") == ["critical"]
    assert alerts.said() == ["Critical alert: Error rate is 12 % (> 10 %)"]
    history = AlertHistory(alerts.page).open()
    expect(history.count).to_have_text("1–1 of 1")
    history.look_at("Error rate")
    expect(history.dialog.locator("[data-kind=opened]")).to_have_count(1)
    expect(history.dialog.locator("[data-kind=flapping_started]")).to_have_count(1)


def _error_rate(server: DashboardServer) -> float:
    return snapshot(server)["sources"]["performance"]["value"]["error_rate"]
