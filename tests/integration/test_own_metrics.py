"""The dashboard watched by a scraper: over a real socket, by token, and at no cost to the backend."""

import asyncio
from collections.abc import Callable, Iterator

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from ops_dashboard.state.demo import DemoState
from tests.dashboard_server import DashboardServer
from tests.logging_in import TOKENS, VIEWER_TOKEN, logged_in
from tests.raw_tab import RawTab

Values = dict[tuple[str, ...], float]
_PATIENCE = 30.0


METHODS = ("GET", "POST")


@pytest.fixture(scope="module")
def server(built: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DashboardServer]:
    """A dashboard that reads its demo once, and then no more for an hour."""
    settings = {
        **TOKENS,
        "OPS_DEMO_SCENARIO": "healthy",
        "OPS_REFRESH_SECONDS": "3600",
        "OPS_ALERT_SECONDS": "0",
    }
    server = DashboardServer(settings, tmp_path_factory.mktemp("metrics") / "log")
    yield server.start()
    server.close()
    assert "traceback" not in server.output().lower()


def scraped(server: DashboardServer) -> Values:
    """All samples, by the name of the metric and the values of its labels, those in the order of their names."""
    headers = {"Authorization": f"Bearer {VIEWER_TOKEN}"}
    answer = httpx.get(f"{server.origin}/metrics", headers=headers)
    assert answer.status_code == 200
    return {
        (sample.name.removeprefix("ops_dashboard_"), *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


async def until(server: DashboardServer, holds: Callable[[Values], object]) -> Values:
    """The first samples of which that holds."""
    async with asyncio.timeout(_PATIENCE):
        while not holds(values := scraped(server)):
            await asyncio.sleep(0.05)
    return values


async def test_it_tells_what_was_read_and_what_is_kept(server: DashboardServer) -> None:
    values = await until(
        server, lambda known: ("last_refresh_timestamp_seconds",) in known and ("database_unsaved",) in known
    )
    values = await until(server, lambda known: ("alerts_open", "new", "critical") in known)
    assert values["source_reads_total", "performance"] >= 1
    assert values["source_failures_total", "performance"] == 0
    assert values["source_circuit", "performance", "closed"] == 1
    assert values["database_unsaved",] == 0
    assert values["history_series",] > 50
    assert values["history_bytes",] > 100_000
    assert 0 < values["last_refresh_duration_seconds",] < 60
    assert values["last_refresh_timestamp_seconds",] >= values["start_time_seconds",]


async def test_a_scrape_costs_the_backend_nothing(server: DashboardServer) -> None:
    await until(server, lambda known: ("last_refresh_timestamp_seconds",) in known)
    counted = [scraped(server) for _ in range(20)]
    made = {
        m: counted[-1]["backend_requests_total", m] - counted[0]["backend_requests_total", m] for m in METHODS
    }
    # Contact is looked after meanwhile, every few seconds.
    assert made["POST"] == 0 and made["GET"] < len(counted) / 4


async def test_tabs_are_counted_and_what_is_dropped_of_them(server: DashboardServer) -> None:
    assert scraped(server)["tabs",] == 0
    cookie = logged_in(server.origin, VIEWER_TOKEN)
    async with RawTab(server.origin, cookie) as tab:
        await until(server, lambda known: known["tabs",] == 1)
        before = scraped(server)
        await tab.call(DemoState, "choose", scenario="outage")
        await tab.emit("no_such_handler", {})
        values = await until(
            server,
            lambda known: (
                known["events_dropped_total", "malformed"] == before["events_dropped_total", "malformed"] + 1
            ),
        )
        assert values["events_dropped_total", "refused"] == before["events_dropped_total", "refused"] + 1
        assert values["actions_total", "not_allowed", "refused"] == 1
        for _ in range(400):
            await tab.emit("no_such_handler", {})
        await until(server, lambda known: known["events_dropped_total", "flood"] >= 100)
    await until(server, lambda known: known["tabs",] == 0)


async def test_who_logs_in_is_counted_among_the_actions(server: DashboardServer) -> None:
    before = scraped(server).get(("actions_total", "log_in", "done"), 0)
    logged_in(server.origin, VIEWER_TOKEN)
    assert scraped(server)["actions_total", "log_in", "done"] == before + 1
