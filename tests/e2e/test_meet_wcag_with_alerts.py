"""Meeting WCAG 2.1 AA with alerts: none, one and many, their history and their rules, in both themes."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from ops_dashboard.demo.api import demo_app
from tests.dashboard_server import DashboardServer, StartDashboard
from tests.e2e.alert_history import AlertHistory
from tests.e2e.alert_preferences import AlertPreferences
from tests.e2e.alerts_page import CRITICAL, ERROR_RATE, QUEUE, AlertsPage, calm, many_down
from tests.e2e.demo import Demo
from tests.e2e.pages import OpsPage
from tests.e2e.snapshots import until_read
from tests.servers import serving

pytestmark = pytest.mark.criterion("nfr.accessibility.1", "nfr.accessibility.3", "success.9")

MANY = 100
PHONE = {"width": 390, "height": 844}


def _violations(alerts: AlertsPage) -> list[str]:
    """What axe finds in either theme; the page itself switches, so that what is open stays open."""
    found = []
    for theme in ("light", "dark"):
        alerts.page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]  # it is one of the two
        expect(alerts.page.locator("html.dark")).to_have_count(1 if theme == "dark" else 0)
        found += [f"{theme}: {line}" for line in alerts.ops.accessibility_violations()]
    return found


def _fits_a_phone(alerts: AlertsPage) -> bool:
    alerts.page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    return not alerts.ops.scrolls_sideways()


@pytest.fixture(scope="module")
def one(standing: StartDashboard) -> Iterator[DashboardServer]:
    """A dashboard with one critical alert."""
    yield from _dashboard(standing, CRITICAL)


@pytest.fixture(scope="module")
def many(standing: StartDashboard) -> Iterator[DashboardServer]:
    """A dashboard with a hundred alerts of one kind and some others."""
    others = {"workers.queue_length": 150, "cache.hit_rate": 40}
    yield from _dashboard(standing, {**CRITICAL, **others, **many_down(MANY)})


def _dashboard(standing: StartDashboard, trouble: dict[str, Any]) -> Iterator[DashboardServer]:
    with serving(demo_app(scenario="healthy")) as url:
        demo = Demo(url)
        calm(demo)
        demo.set(trouble)
        server = standing(OPS_BACKEND_URL=url, OPS_REFRESH_SECONDS="5")
        until_read(server)
        yield server


def _open(page: Page, server: DashboardServer) -> AlertsPage:
    alerts = AlertsPage(OpsPage(page, server.url).open_live())
    expect(alerts.row(ERROR_RATE)).to_be_visible()
    return alerts


def _handle(alerts: AlertsPage) -> None:
    alerts.choose(ERROR_RATE, "More actions", "Acknowledge with a note…")
    expect(alerts.note).to_be_visible()


def _snooze_menu(alerts: AlertsPage) -> None:
    alerts.button(ERROR_RATE, "Snooze").click()
    expect(alerts.page.get_by_role("menuitem", name="15 minutes")).to_be_visible()


def _history(alerts: AlertsPage) -> None:
    AlertHistory(alerts.page).open()


def _incident(alerts: AlertsPage) -> None:
    AlertHistory(alerts.page).open().look_at("Error rate")


def _preferences(alerts: AlertsPage) -> None:
    preferences = AlertPreferences(alerts.page).open()
    preferences.change("Error rate", "Critical above", "-1")
    expect(preferences.field("Error rate", "Critical above")).to_have_attribute("aria-invalid", "true")


def test_axe_finds_nothing_without_any_alert(ops: OpsPage) -> None:
    assert _violations(AlertsPage(ops)) == []
    assert _fits_a_phone(AlertsPage(ops))


OPENED = "[role=dialog], [role=menu]"
"""What a look opens; the page beneath is looked at by other tests."""
LOOKS = (_snooze_menu, _handle, _history, _incident, _preferences)


def test_axe_finds_nothing_in_anything_opened_about_alerts(page: Page, one: DashboardServer) -> None:
    found = []
    for look in LOOKS:
        alerts = _open(page.context.new_page(), one)
        look(alerts)
        opened = alerts.page.locator(OPENED)
        expect(opened.first).to_be_visible()
        found += alerts.ops.accessibility_violations(OPENED)
        alerts.page.emulate_media(color_scheme="dark")
        assert _fits_a_phone(alerts)
        found += alerts.ops.accessibility_violations(OPENED)
        alerts.page.close()
    assert found == []


@pytest.mark.thorough
@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_in_what_opens_about_alerts(
    page: Page, one: DashboardServer, look: Callable[[AlertsPage], None]
) -> None:
    alerts = _open(page, one)
    look(alerts)
    assert _violations(alerts) == []
    assert _fits_a_phone(alerts)
    assert _violations(alerts) == []


@pytest.mark.thorough
def test_axe_finds_nothing_with_one_alert_however_it_is_handled(page: Page, one: DashboardServer) -> None:
    alerts = _open(page, one)
    assert _violations(alerts) == []
    alerts.choose(ERROR_RATE, "Snooze", "15 minutes")
    alerts.expect_handled(ERROR_RATE, "snoozed")
    assert _violations(alerts) == []
    alerts.button(ERROR_RATE, "Acknowledge").click()
    alerts.expect_handled(ERROR_RATE, "acknowledged")
    assert _violations(alerts) == []
    alerts.button(ERROR_RATE, "Dismiss").click()
    expect(alerts.undo).to_be_focused()
    alerts.region.get_by_role("button", name="1 dismissed until resolved").click()
    assert _violations(alerts) == []
    assert _fits_a_phone(alerts)


@pytest.mark.thorough
@pytest.mark.criterion("nfr.performance.4", "nfr.responsiveness.3")
def test_a_hundred_alerts_stay_usable_and_axe_finds_nothing(page: Page, many: DashboardServer) -> None:
    alerts = _open(page, many)
    expect(alerts.row(QUEUE)).to_be_visible()
    group = alerts.region.locator("[data-group=module_status]")
    group.get_by_role("button", name=f"Module health: {MANY}").first.click()
    expect(group.locator("[data-alert]")).to_have_count(MANY)
    assert _violations(alerts) == []
    expect(alerts.ops.region("System health")).to_be_in_viewport()
    last = f"module_status|extra-{MANY:02}"
    alerts.choose(last, "Snooze", "15 minutes")
    alerts.expect_handled(last, "snoozed")
    assert _fits_a_phone(alerts)
    assert alerts.ops.accessibility_violations() == []
