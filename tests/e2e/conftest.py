"""Fixtures of the browser tests: a Chromium, a tab, a watch on its console, and a dashboard to look at.

Most tests share one dashboard and its backend, which spares the suite minutes. A test that takes a server
away, or needs other settings, starts its own with the fixture `dashboard`.
"""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from ops_dashboard.demo.api import demo_app
from scripts.find_chromium import find_chromium
from tests.dashboard_server import DashboardServer
from tests.e2e.console import Console
from tests.e2e.demo import Demo
from tests.e2e.pages import OpsPage
from tests.e2e.snapshots import until_well
from tests.servers import serving

_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


# Longer than two refreshes of the shared dashboard.
expect.set_options(timeout=15_000)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the browser tests last: Playwright occupies the thread's event loop until the session ends."""
    here = Path(__file__).parent
    items.sort(key=lambda item: here in item.path.parents)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium; the variable CHROMIUM may name another."""
    executable = find_chromium()
    assert executable, "no Chromium found: `make test` tells how to get one"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(_FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A tab of a fresh profile, 1920 × 1080."""
    context = browser.new_context(viewport={"width": 1920, "height": 1080}, locale="en-GB", timezone_id="UTC")
    yield context.new_page()
    context.close()


@pytest.fixture(autouse=True)
def console(page: Page) -> Iterator[Console]:
    """The console of the tab; the test fails when it shows an error that was not allowed."""
    console = Console(page)
    yield console
    assert console.unexpected() == []


@pytest.fixture(scope="session")
def demo_url() -> Iterator[str]:
    """Address of a demo backend in the scenario "healthy"."""
    with serving(demo_app(scenario="healthy")) as url:
        yield url


@pytest.fixture(scope="session")
def shared_dashboard(
    built: None, demo_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[DashboardServer]:
    """A dashboard that reads everything every 5 s; the tests that use it leave it and its backend well."""
    settings = {"OPS_BACKEND_URL": demo_url, "OPS_REFRESH_SECONDS": "5"}
    server = DashboardServer(settings, tmp_path_factory.mktemp("shared") / "dashboard.log").start()
    yield server
    server.close()


@pytest.fixture
def demo(demo_url: str, shared_dashboard: DashboardServer) -> Iterator[Demo]:
    """The backend of the shared dashboard, to be changed at will: it is reset after the test."""
    demo = Demo(demo_url)
    yield demo
    if demo.is_changed:
        demo.reset()
        until_well(shared_dashboard, since=time.time())


@pytest.fixture
def ops(page: Page, shared_dashboard: DashboardServer) -> OpsPage:
    """The page of the shared dashboard, not opened yet."""
    return OpsPage(page, shared_dashboard.url)
