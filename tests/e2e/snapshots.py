"""What a dashboard's server knows, apart from what a page shows of it."""

from typing import Any

import httpx

from tests.dashboard_server import DashboardServer
from tests.e2e.waiting import until


def snapshot(server: DashboardServer) -> dict[str, Any]:
    """The newest snapshot."""
    return httpx.get(f"{server.origin}/api/snapshot").json()


def until_read(server: DashboardServer) -> None:
    """Return when the first refresh has ended."""
    until(lambda: snapshot(server)["refreshed_at"] > 0, "the end of the first refresh")


def until_refreshed(server: DashboardServer, times: int = 1) -> None:
    """Return when that many more refreshes have ended."""
    for _ in range(times):
        before = snapshot(server)["refreshed_at"]
        until(lambda before=before: snapshot(server)["refreshed_at"] > before, "the end of a refresh")
