"""The page comes from the one server, whole, small and connected."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.dashboard_server import StartDashboard
from tests.e2e.pages import OpsPage

MOST_SCRIPT_BYTES = (270 + 130) * 1024
"""With those that only charts need, which come later."""
MOST_STYLE_BYTES = 15 * 1024
MOST_REQUESTS = 20


@pytest.mark.criterion("success.10")
def test_the_page_loads_and_connects_to_its_own_server(page: Page, dashboard: StartDashboard) -> None:
    server = dashboard()
    with page.expect_websocket() as opened:
        ops = OpsPage(page, server.url).open()
    expect(ops.heading).to_be_visible()
    assert opened.value.url.startswith(server.origin.replace("http", "ws"))
    opened.value.wait_for_event("framereceived")


@pytest.mark.criterion("nfr.performance.1", "success.2")
def test_what_it_loads_is_little_and_none_of_it_from_elsewhere(ops: OpsPage) -> None:
    """How long it takes is measured by the benchmarks; this holds what it takes that time for."""
    loaded: list[dict[str, Any]] = ops.page.evaluate(
        "performance.getEntriesByType('resource').map(({name, encodedBodySize}) => ({name, encodedBodySize}))"
    )
    assert [
        entry["name"] for entry in loaded if not entry["name"].startswith(ops.url.removesuffix("/ops"))
    ] == []
    for ending, most in ((".js", MOST_SCRIPT_BYTES), (".css", MOST_STYLE_BYTES)):
        sizes = [entry["encodedBodySize"] for entry in loaded if entry["name"].endswith(ending)]
        assert 0 < sum(sizes) <= most
    assert len(loaded) <= MOST_REQUESTS
