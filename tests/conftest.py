"""Plugins of the whole suite, and the dashboard as a process for those tests that need one."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings

from ops_dashboard.serving.build import build_if_stale
from tests.dashboard_server import DashboardServer, StartDashboard

pytest_plugins = ["pytester", "tests.criteria"]

# How long an example takes is no matter of right or wrong.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def built() -> None:
    """The frontend, built once if it is stale."""
    build_if_stale()


@pytest.fixture
def dashboard(built: None, tmp_path: Path) -> Iterator[StartDashboard]:
    """Starts a dashboard: `dashboard(OPS_BACKEND_URL=..., ...)`. All of them end with the test."""
    servers: list[DashboardServer] = []
    number = count(1)

    def start(**env: str) -> DashboardServer:
        server = DashboardServer(env, tmp_path / f"dashboard-{next(number)}.log")
        servers.append(server)
        return server.start()

    yield start
    for server in servers:
        server.close()
