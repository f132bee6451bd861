"""The page comes from the one server, whole and connected."""

import pytest
from playwright.sync_api import Page, expect

from tests.dashboard_server import StartDashboard
from tests.e2e.pages import OpsPage


@pytest.mark.criterion("success.10")
def test_the_page_loads_and_connects_to_its_own_server(page: Page, dashboard: StartDashboard) -> None:
    server = dashboard()
    with page.expect_websocket() as opened:
        ops = OpsPage(page, server.url).open()
    expect(ops.heading).to_be_visible()
    assert opened.value.url.startswith(server.origin.replace("http", "ws"))
    opened.value.wait_for_event("framereceived")
