"""What a dashboard's server knows, apart from what a page shows of it."""

from typing import Any

import httpx

from tests.dashboard_server import DashboardServer
from tests.e2e.waiting import until

P95 = "performance.p95"


def snapshot(server: DashboardServer) -> dict[str, Any]:
    """The newest snapshot."""
    return httpx.get(f"{server.origin}/api/snapshot", timeout=20).json()


def until_read(server: DashboardServer) -> None:
    """Return when the first refresh has ended and every source was read, also those that no refresh waits for."""
    until(lambda: _is_read(snapshot(server)), "the first reading of every source")


def _is_read(known: dict[str, Any]) -> bool:
    sources = known["sources"].values()
    tried = all(s["last_attempt"] or s["spared"] or s["left_out"] for s in sources)
    return known["refreshed_at"] > 0 and (tried or known["contact"]["lost"])


def until_refreshed(server: DashboardServer, times: int = 1) -> None:
    """Return when that many more refreshes have ended."""
    for _ in range(times):
        before = snapshot(server)["refreshed_at"]
        until(lambda before=before: snapshot(server)["refreshed_at"] > before, "the end of a refresh")


def history(
    server: DashboardServer, *keys: str, span: str = "1h", previous: bool = False
) -> dict[str, dict[str, Any]]:
    """What the charts are given of each series: {key: {since, points, previous}}."""
    query = {"range": span, "keys": keys, **({"previous": 1} if previous else {})}
    answer = httpx.get(f"{server.origin}/api/history", params=query, timeout=20)  # it waits for the past
    assert answer.status_code == 200, answer.text
    return answer.json()["series"]


def means(entries: list[list[float] | None]) -> dict[int, float]:
    """The means of a series' points by their time, unix seconds; gaps left out."""
    return {int(entry[0]): entry[1] for entry in entries if entry is not None}


def until_past_is_known(server: DashboardServer) -> None:
    """Return when a dashboard on its embedded demo knows the hours before its start."""
    until(lambda: len(means(history(server, P95)[P95]["points"])) > 100, "the hour before the start")
