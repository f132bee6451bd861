"""Fixtures of the tests in other engines than Chromium: a window of each, and a dashboard in an incident."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.dashboard_server import DashboardServer, StartDashboard
from tests.e2e.engines.firefox import ERRORS, firefox
from tests.e2e.engines.webkit import webkit
from tests.e2e.engines.window import Window

_ENGINES = {"firefox": firefox, "webkit": webkit}


@pytest.fixture
def console() -> None:
    """Chromium has no part in these tests; the windows note their errors themselves."""


@pytest.fixture(scope="module")
def incident(standing: StartDashboard) -> DashboardServer:
    """A dashboard whose demo backend is in trouble."""
    return standing(OPS_DEMO_SCENARIO="incident", OPS_REFRESH_SECONDS="5")


@pytest.fixture(params=_ENGINES)
def window(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Window]:
    """A window of a fresh profile, 1920 px wide; the test fails when a page has shown an error."""
    log = tmp_path / "browser.log"
    profile = tmp_path / "profile"
    profile.mkdir()

    def told() -> list[str]:
        return re.findall(ERRORS, log.read_text(encoding="utf-8", errors="replace"), re.MULTILINE)

    with _ENGINES[request.param](profile, log) as driver:
        driver.set_window_size(1920, 1080)
        window = Window(driver, told)
        yield window
        assert window.errors() == []
