"""Fixtures of the browser tests: a Chromium, a tab, a watch on its console, and a dashboard to look at.

A test that only looks takes `ops`. One that changes the backend takes `demo` and `watch`, one that takes the
dashboard's server away takes `dashboard`: these are the test's own, so no test sees what another one did.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Protocol

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

from ops_dashboard.demo.api import demo_app
from scripts.find_browsers import CHROMIUM
from tests.dashboard_server import DashboardServer, StartDashboard
from tests.e2e.console import Console
from tests.e2e.demo import Demo
from tests.e2e.frames import Frames
from tests.e2e.pages import OpsPage
from tests.e2e.snapshots import until_past_is_known, until_read
from tests.servers import serving

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


# Longer than two refreshes of the dashboards below.
expect.set_options(timeout=15_000)


class Watch(Protocol):
    """Starts a dashboard with further settings and opens its page, as the fixture `watch` does."""

    def __call__(self, query: str = "", **settings: str) -> OpsPage: ...


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the browser tests last: Playwright occupies the thread's event loop until the session ends."""
    here = Path(__file__).parent
    items.sort(key=lambda item: here in item.path.parents)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What starts browsers; a process can have it but once."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """The system's Chromium; the variable CHROMIUM may name another."""
    browser = playwright.chromium.launch(executable_path=CHROMIUM.demand(), args=list(FLAGS))
    yield browser
    browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A tab of a fresh profile, of a size that costs little. For the same reason nothing moves by itself."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 800}, locale="en-GB", timezone_id="UTC", reduced_motion="reduce"
    )
    frames = Frames(context)
    yield context.new_page()
    context.close()
    assert frames.leaks() == [], "no secret is sent to a browser"


@pytest.fixture(autouse=True)
def console(page: Page) -> Iterator[Console]:
    """The console of the tab; the test fails when it shows an error that was not allowed."""
    console = Console(page)
    yield console
    assert console.unexpected() == []


@pytest.fixture(scope="module")
def standing(built: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[StartDashboard]:
    """Starts a dashboard that the tests of one file share: `standing(OPS_...="...")`."""
    with ExitStack() as servers:

        def start(**env: str) -> DashboardServer:
            server = DashboardServer(env, tmp_path_factory.mktemp("standing") / "dashboard.log")
            servers.callback(server.close)
            return server.start()

        yield start


@pytest.fixture(scope="session")
def healthy_dashboard(built: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DashboardServer]:
    """A dashboard on its embedded demo, for tests that only look: all of them share it."""
    settings = {"OPS_DEMO_SCENARIO": "healthy", "OPS_REFRESH_SECONDS": "5"}
    server = DashboardServer(settings, tmp_path_factory.mktemp("healthy") / "dashboard.log")
    try:
        until_past_is_known(server.start())
        yield server
    finally:
        server.close()


@pytest.fixture
def ops(page: Page, healthy_dashboard: DashboardServer) -> OpsPage:
    """The page of that dashboard, with live data."""
    return OpsPage(page, healthy_dashboard.url).open_live()


@pytest.fixture
def demo() -> Iterator[Demo]:
    """A demo backend of the test's own, to be changed at will."""
    with serving(demo_app(scenario="healthy")) as url:
        yield Demo(url)


@pytest.fixture
def watch(page: Page, demo: Demo, dashboard: StartDashboard) -> Watch:
    """Starts a dashboard on `demo` and, once that has been read, opens its page: `watch(OPS_...="...")`."""

    def start(query: str = "", **settings: str) -> OpsPage:
        server = dashboard(**{"OPS_BACKEND_URL": demo.origin, "OPS_REFRESH_SECONDS": "5", **settings})
        until_read(server)
        return OpsPage(page, server.url).open_live(query)

    return start
