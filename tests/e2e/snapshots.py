"""What a dashboard's server knows, apart from what a page shows of it."""

from typing import Any

import httpx

from tests.dashboard_server import DashboardServer
from tests.e2e.waiting import until


def snapshot(server: DashboardServer) -> dict[str, Any]:
    """The newest snapshot."""
    return httpx.get(f"{server.origin}/api/snapshot").json()


def until_refreshed(server: DashboardServer, times: int = 1) -> None:
    """Return when that many more refreshes have ended."""
    for _ in range(times):
        before = snapshot(server)["refreshed_at"]
        until(lambda before=before: snapshot(server)["refreshed_at"] > before, "the end of a refresh")


def until_well(server: DashboardServer, since: float) -> None:
    """Return when every source that each refresh reads was read after ``since`` (unix seconds), without error."""

    def well() -> bool:
        known = snapshot(server)
        read = [s for s in known["sources"].values() if not s["spared"] and not s["not_offered"]]
        return not any(s["failures"] for s in read) and all(
            s["received_at"] > since for s in read if s["interval"] <= known["refresh_seconds"]
        )

    until(well, "a good reading of every source", seconds=60)
