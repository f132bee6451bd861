"""A backend that answers without measure: what it costs the dashboard, and what every tab is sent of it."""

import asyncio
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from ops_dashboard.backend.reading import Reading, read_report
from ops_dashboard.demo.api import demo_app
from ops_dashboard.domain.bounds import MOST_RANKED, MOST_ROWS
from ops_dashboard.domain.metrics.fields import Report
from ops_dashboard.domain.series.store import MOST_SERIES
from ops_dashboard.monitor import collector
from ops_dashboard.state.sections import ShellState
from tests.dashboard_server import DashboardServer
from tests.integration.watched import Watched, watching
from tests.raw_tab import RawTab
from tests.servers import running

MB = 2**20
MOST_SENT = MB // 2
"""Bytes of one message to a tab: the whole page."""
MOST_TABLE = 2 * MB
REFRESHES = 20
MOST_GROWTH = 60 * MB
"""Of the process's memory, over many refreshes: room for what the allocator keeps, not for answers that pile up."""


@pytest.fixture(scope="module")
def server(built: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DashboardServer]:
    """A dashboard whose embedded backend is hostile."""
    server = DashboardServer({"OPS_DEMO_SCENARIO": "hostile"}, tmp_path_factory.mktemp("hostile") / "log")
    yield server.start()
    server.close()


async def refreshed(server: DashboardServer) -> None:
    """Wait until every source was read."""
    async with asyncio.timeout(60), httpx.AsyncClient() as client:
        while not (await client.get(f"{server.origin}/api/snapshot")).json()["refreshed_at"]:
            await asyncio.sleep(0.1)


async def test_no_message_to_a_tab_is_larger_than_half_a_megabyte(server: DashboardServer) -> None:
    await refreshed(server)
    async with RawTab(server.origin) as tab:
        await tab.drain(2.0)
        sent = [len(message.encode()) for message in tab.messages]
    assert max(sent) > MB // 50, "the page was sent"
    assert max(sent) < MOST_SENT


@pytest.mark.parametrize(
    "key", ["database_tables", "slow_queries", "cache_keys", "event_types", "models", "recommendation_models"]
)
async def test_of_a_hundred_thousand_rows_a_table_is_sent_the_first_and_told_how_many_there_are(
    server: DashboardServer, key: str
) -> None:
    await refreshed(server)
    async with httpx.AsyncClient(timeout=30) as client:
        answer = await client.get(f"{server.origin}/api/tables/{key}")
        file = await client.get(f"{server.origin}/api/tables/{key}?format=csv")
    body = answer.json()
    assert len(body["rows"]) == MOST_ROWS and body["total"] > 100_000
    assert len(answer.content) < MOST_TABLE
    assert file.content.count(b"\n") <= MOST_RANKED + 1 and len(file.content) < 2 * MOST_TABLE
    assert f"-of-{body['total']}-" in file.headers["content-disposition"]


async def test_nothing_that_the_backend_says_reaches_the_log_as_a_command_or_a_line(
    server: DashboardServer,
) -> None:
    await refreshed(server)
    async with httpx.AsyncClient() as client:
        fault = {"path": "/api/monitoring/db/pool", "kind": "curse"}
        (await client.post(f"{server.origin}/demo/control", json={"fault": fault})).raise_for_status()
    async with asyncio.timeout(30):
        while "source=db_pool" not in server.output():
            await asyncio.sleep(0.1)
    lines = server.output().splitlines()
    assert all(line.startswith(("time=", "The dashboard is at")) and len(line) < 2_000 for line in lines)
    assert not any(ord(char) < 32 or ord(char) > 126 for line in lines for char in line)


def resident(pid: int) -> int:
    """The bytes of memory that a process holds."""
    return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.thorough
async def test_refresh_after_refresh_takes_no_more_memory(
    built: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    env = {"OPS_DEMO_SCENARIO": "hostile", "OPS_REFRESH_SECONDS": "5"}
    server = DashboardServer(env, tmp_path_factory.mktemp("memory") / "log").start()
    held = dict[float, int]()
    try:
        async with asyncio.timeout(300), RawTab(server.origin) as tab:

            def refreshes() -> int:
                view = tab.value(ShellState, "view") or {}
                held.setdefault(view.get("refreshed_at", 0.0), resident(server.pid))
                return len(held)

            for count in range(2, REFRESHES + 1):
                await tab.until(lambda wanted=count: refreshes() >= wanted)
    finally:
        server.close()
    _, *half = list(held.values())[REFRESHES // 2 :]
    assert max(half) - min(half) < MOST_GROWTH


def names_of(seen: Watched) -> int:
    """How many names are remembered, of whatever kind."""
    history = seen.history
    return len(history.store) + len(history._seen) + len(history._judged) + len(history._counted)


async def test_names_that_are_new_in_every_answer_fill_no_memory() -> None:
    app = demo_app(scenario="healthy")
    async with running(app) as url, watching(url) as seen:
        await seen.first_refresh()
        counts = []
        for n in range(12):
            names = {f"made-up-{n}-{m}": {"status": "down", "response_time_ms": m} for m in range(300)}
            app.state.simulation.overrides["health.modules"] = names
            app.state.simulation.overrides["model_health.models"] = {
                name: {"loaded": False} for name in names
            }
            await seen.refresh()
            counts.append(names_of(seen))
        assert len(seen.history.store) == MOST_SERIES
        assert seen.page.modules.tiles[0].name.startswith("made-up-11-")
    # They are forgotten once a minute: until then each refresh adds those of what is shown.
    assert max(counts) < 12 * 1_000


async def test_large_answers_are_read_beside_the_loop_and_small_ones_on_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app, readers = demo_app(scenario="healthy"), dict[str, set[str]]()

    def reading(model: type[Report], *answer: Any) -> Reading:
        readers.setdefault(model.__name__, set()).add(threading.current_thread().name.partition("_")[0])
        return read_report(model, *answer)

    monkeypatch.setattr(collector, "read_report", reading)
    rows = [{"name": f"worker-{n}", "status": "online"} for n in range(100_000)]
    app.state.simulation.overrides["workers.workers"] = rows
    async with running(app) as url, watching(url) as seen:
        await seen.first_refresh()
        assert seen.page.workers.workers.count == 100_000
    assert readers["WorkersReport"] == {"large-answers"}
    assert readers["PerformanceReport"] == {"MainThread"}
