"""Opening the page: what is seen first comes first, and the rest is there before anyone has scrolled to it."""

import pytest
from playwright.sync_api import Page, expect

from tests.dashboard_server import DashboardServer
from tests.e2e.console import Console
from tests.e2e.pages import OpsPage

pytestmark = pytest.mark.criterion("nfr.performance.1", "nfr.performance.2")


def test_what_lies_below_the_first_screen_is_not_in_the_page_as_it_is_sent(
    page: Page, healthy_dashboard: DashboardServer
) -> None:
    sent = page.request.get(healthy_dashboard.url).text()
    assert 'id="modules"' in sent
    assert 'id="workers"' not in sent
    OpsPage(page, healthy_dashboard.url).open_live()
    expect(page.get_by_role("region", name="Workers")).to_be_attached()


@pytest.mark.thorough
def test_a_link_into_it_leads_there(page: Page, healthy_dashboard: DashboardServer) -> None:
    ops = OpsPage(page, healthy_dashboard.url).open("#workers")
    expect(ops.region("Workers")).to_be_in_viewport()


@pytest.mark.thorough
def test_a_reload_leads_back_to_where_one_was(page: Page, healthy_dashboard: DashboardServer) -> None:
    ops = OpsPage(page, healthy_dashboard.url).open_live()
    ops.region("Workers").scroll_into_view_if_needed()
    page.reload()
    expect(ops.region("Workers")).to_be_in_viewport()


@pytest.mark.thorough
def test_it_is_there_also_where_no_data_come(
    page: Page, healthy_dashboard: DashboardServer, console: Console
) -> None:
    console.allow("WebSocket|ERR_")
    page.route_web_socket("**/_event/**", lambda _: None)
    ops = OpsPage(page, healthy_dashboard.url).open()
    expect(ops.region("Workers")).to_be_attached()
