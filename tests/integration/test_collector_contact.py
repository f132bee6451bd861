"""The collector on a real socket: a backend that is gone, comes back, refuses, or never answers."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import asdict
from itertools import pairwise

import httpx
import pytest

from ops_dashboard.backend.sources import SOURCES
from ops_dashboard.demo.api import demo_app
from ops_dashboard.demo.faults import Fault
from ops_dashboard.monitor import collector as collector_module
from tests.integration.watched import Guard, Watched, watching
from tests.servers import HOST, free_port, running

JOBS = "/api/v1/ingestion/jobs/history"
PUBLIC = {source.name for source in SOURCES if not source.auth}


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """While contact is lost, look every 0.2 s: no test has fifteen seconds to wait."""
    monkeypatch.setattr(collector_module, "PROBE_CAP_SECONDS", 0.2)


async def lost(seen: Watched) -> None:
    await seen.until(lambda: seen.page.shell.banner.title == "Backend unreachable")


async def fresh(seen: Watched) -> None:
    await seen.until(lambda: set(seen.states().values()) <= {"fresh", "spared"})


@pytest.mark.usefixtures("impatient")
async def test_a_backend_that_is_stopped_and_started_again_is_followed() -> None:
    app = demo_app(scenario="healthy")
    async with AsyncExitStack() as first:
        url = await first.enter_async_context(running(app))
        async with watching(url, alert_seconds=0.1) as seen:
            await seen.first_refresh()
            shown = seen.figure("cache.hit_rate")
            await first.aclose()
            await lost(seen)
            assert seen.page.health.word == "Unreachable"
            assert "refused the connection" in seen.page.shell.banner.reason
            await seen.until(lambda: seen.page.shell.banner.next_retry_at)  # 0 while a try is under way
            stale = seen.figure("cache.hit_rate")
            assert (stale.display, stale.text, stale.at) == ("stale", shown.text, shown.at)
            async with running(app, port=httpx.URL(url).port or 0):
                await seen.until(lambda: seen.page.shell.banner.title == "")
                await seen.until(lambda: seen.figure("cache.hit_rate").at > shown.at)
                await fresh(seen)
                assert seen.page.health.word == "Healthy"


async def test_a_person_who_asks_again_finds_the_backend_back_at_once() -> None:
    port = free_port()
    async with watching(f"http://{HOST}:{port}") as seen:
        await lost(seen)
        assert {f.display for f in seen.page.key_metrics} == {"waiting"}
        async with running(demo_app(scenario="healthy"), port=port):
            await seen.refresh()
            assert not seen.collector.snapshot().contact.lost
            await fresh(seen)


@pytest.mark.usefixtures("impatient")
async def test_connections_broken_before_any_answer_are_a_lost_contact() -> None:
    app = demo_app(scenario="healthy")
    async with running(app) as url, watching(url, alert_seconds=0.1) as seen:
        await seen.first_refresh()
        app.state.simulation.scenario = "outage"
        await lost(seen)
        app.state.simulation.scenario = "healthy"
        await fresh(seen)


@asynccontextmanager
async def mute_server() -> AsyncIterator[str]:
    """A server that accepts every connection and never says a word."""
    held: list[asyncio.StreamWriter] = []

    async def hold(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        held.append(writer)

    server = await asyncio.start_server(hold, HOST, 0)
    try:
        yield f"http://{HOST}:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        for writer in held:
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()


async def test_a_backend_that_never_answers_is_out_of_reach() -> None:
    async with mute_server() as url, watching(url, timeout_seconds=0.1) as seen:
        await lost(seen)
        assert "gave no answer within" in seen.page.shell.banner.reason
        assert (seen.page.health.word, seen.page.health.at_least) == ("Unreachable", True)


async def test_the_backend_is_left_alone_as_long_as_it_asks() -> None:
    app = demo_app(scenario="healthy")
    app.state.simulation.faults[JOBS] = Fault("status", 429, retry_after=1)
    guard = Guard(app)
    async with running(guard) as url, watching(url, refresh_seconds=0.3) as seen:
        await seen.until(lambda: seen.source("jobs").failures)
        assert seen.source("jobs").reason.startswith("asks for fewer calls, the next in 1 s at the earliest")
        await seen.refresh()
        await seen.until(lambda: seen.source("jobs").failures >= 2)
        app.state.simulation.faults.clear()
        await seen.until(lambda: not seen.source("jobs").failures)
    gaps = [b - a for a, b in pairwise(guard.times(JOBS)[:3])]
    assert len(gaps) == 2 and min(gaps) >= 0.95


@pytest.mark.parametrize(
    ("token", "reason"),
    [
        (None, "wants a token; set OPS_BACKEND_TOKEN (HTTP 401: Not authenticated)"),
        ("wrong-token-123", "refused the token (HTTP 401: Invalid authentication token)"),
    ],
)
async def test_without_the_right_token_only_the_public_calls_have_data(
    token: str | None, reason: str
) -> None:
    app = demo_app(scenario="healthy", token="right-token-456")
    async with running(app) as url, watching(url, token=token) as seen:
        await seen.first_refresh()
        states = {name: state for name, state in seen.states().items() if "module_health" not in name}
        assert {name for name, state in states.items() if state == "fresh"} == PUBLIC
        assert {seen.source(name).reason for name in set(states) - PUBLIC} == {reason}
        assert seen.page.health.word == "Degraded" and not seen.collector.snapshot().contact.lost
        assert "wrong-token-123" not in repr(asdict(seen.page)) + repr(seen.collector.snapshot())


async def test_with_the_right_token_everything_is_read() -> None:
    app = demo_app(scenario="healthy", token="right-token-456")
    async with running(app) as url, watching(url, token="right-token-456") as seen:
        await seen.first_refresh()
        assert set(seen.states().values()) == {"fresh", "spared"}
        assert "right-token-456" not in repr(asdict(seen.page)) + repr(seen.collector.snapshot())


async def test_a_backend_that_answers_nothing_but_web_pages_is_there_but_cannot_be_read() -> None:
    app = demo_app(scenario="healthy")
    app.state.simulation.faults["*"] = Fault("html")
    async with running(app) as url, watching(url) as seen:
        await seen.until(lambda: seen.page.shell.banner.title)
        banner = seen.page.shell.banner
        assert banner.title == "The backend answers, but nothing can be read"
        assert banner.reason.startswith("answered with a web page instead of data")
        assert not seen.collector.snapshot().contact.lost
        assert {f.display for f in seen.page.key_metrics} <= {"waiting", "value"}
        assert not any(f.text for f in seen.page.key_metrics)
