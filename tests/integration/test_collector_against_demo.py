"""The collector on a real socket: what it shows of a well backend, and how little it asks of it."""

import asyncio
from itertools import pairwise

from starlette.applications import Starlette

from ops_dashboard.backend.sources import all_sources
from ops_dashboard.demo.api import demo_app
from ops_dashboard.demo.faults import Fault
from ops_dashboard.domain.modules import WATCHED_MODULES
from ops_dashboard.domain.views.modules import MOST_TILES
from tests.integration.watched import PATIENCE, Guard, Watched, watching
from tests.servers import running

PERFORMANCE = "/api/monitoring/performance"


def healthy() -> Starlette:
    return demo_app(scenario="healthy")


async def test_the_page_shows_what_the_backend_says() -> None:
    app = healthy()
    app.state.simulation.overrides |= {
        "cache.hit_rate": 42.5,
        "performance.error_rate": 9.12,
        "workers.queue_length": 0,
        "health.modules.search.status": "down",
    }
    async with running(app) as url, watching(url) as seen:
        await seen.first_refresh()
        assert seen.figure("cache.hit_rate").text == "42.5"
        assert seen.figure("performance.error_rate").text == "9.12"
        assert (seen.figure("workers.queue_length").text, seen.figure("workers.queue_length").display) == (
            "0",
            "value",
        )
        assert seen.page.modules.tiles[0].name == "search" and seen.page.modules.healthy == 12
        assert seen.page.health.word == "Degraded"
        assert set(seen.states().values()) == {"fresh", "spared"}
        assert seen.page.shell.backend == "backend" and seen.page.shell.banner.title == ""


async def test_a_refresh_asks_for_every_source_once() -> None:
    guard = Guard(healthy())
    async with running(guard) as url, watching(url) as seen:
        await seen.first_refresh()
        wanted = {source.path for source in all_sources(WATCHED_MODULES)}
        assert guard.calls() == dict.fromkeys(wanted, 1)
        # Modules are in the health answer by now, and a description rarely changes.
        spared = {f"/api/monitoring/health/module/{m}" for m in WATCHED_MODULES} | {"/openapi.json"}
        async with asyncio.timeout(PATIENCE):
            while (once := guard.asked_once()) > spared:  # what answered late by chance is left alone a while
                await seen.refresh()
        assert once == spared


async def test_at_most_two_calls_are_in_flight_and_none_beside_itself() -> None:
    app = healthy()
    app.state.simulation.faults["*"] = Fault("delay", 0.03)
    guard = Guard(app)
    async with running(guard) as url, watching(url, refresh_seconds=0.5, alert_seconds=0.05) as seen:
        await seen.first_refresh()
        await asyncio.gather(*(seen.refresh() for _ in range(20)))
        await seen.until(lambda: len(guard.times(PERFORMANCE)) >= 5)
    assert guard.most_in_flight == 2 and guard.overlapping == set()


async def test_fifty_tabs_cost_the_backend_nothing() -> None:
    guard = Guard(healthy())
    heard: set[int] = set()

    async def tab(seen: Watched, number: int) -> None:
        revision = 0
        while True:
            revision = (await seen.hub.after(revision)).revision
            heard.add(number)

    async with running(guard) as url, watching(url) as seen:
        await seen.first_refresh()
        calls = len(guard.began)
        async with asyncio.TaskGroup() as tabs:
            opened = [tabs.create_task(tab(seen, n)) for n in range(50)]
            await seen.until(lambda: len(heard) == 50)
            assert len(guard.began) == calls, "opening a tab asks the backend for nothing"
            await seen.refresh()
            for task in opened:
                task.cancel()
        assert max(guard.calls().values()) == 2, "and a refresh costs what it costs for one"


async def test_the_fast_lane_keeps_its_rate_and_leaves_the_others_alone() -> None:
    guard = Guard(healthy())
    async with running(guard) as url, watching(url, alert_seconds=0.2) as seen:
        await seen.first_refresh()
        await seen.until(lambda: len(guard.times(PERFORMANCE)) >= 8)
    gaps = [b - a for a, b in pairwise(guard.times(PERFORMANCE))]
    assert min(gaps) > 0.19
    often = {path for path, count in guard.calls().items() if count > 1}
    assert often <= {
        PERFORMANCE,
        "/api/monitoring/db/pool",
        "/api/monitoring/health",
        "/api/monitoring/workers/status",
    }


async def test_a_change_reaches_the_page_through_the_fast_lane() -> None:
    app = healthy()
    async with running(app) as url, watching(url, alert_seconds=0.1) as seen:
        await seen.first_refresh()
        app.state.simulation.overrides["performance.error_rate"] = 12.5
        await seen.until(lambda: seen.page.health.reasons == "Error rate 12.5 %.")
        app.state.simulation.overrides.clear()
        await seen.until(lambda: seen.page.health.word == "Healthy")


async def test_ten_thousand_modules_and_one_with_a_name_of_fifty_kilobytes() -> None:
    app = healthy()
    modules = {f"module-{n:05}": {"status": "healthy", "response_time_ms": n} for n in range(10_000)}
    long = "<img src=x>" + "n" * 50_000
    app.state.simulation.overrides["health.modules"] = modules | {long: {"status": "down"}}
    async with running(app) as url, watching(url, modules=("search",)) as seen:
        await seen.first_refresh()
        shown = seen.page.modules
        assert (shown.total, shown.healthy) == (10_002, 10_000)
        assert (len(shown.tiles), shown.more) == (MOST_TILES, 10_002 - MOST_TILES)
        worst = shown.tiles[0]
        assert worst.status == "down" and worst.name.startswith("<img src=x>nnn") and len(worst.name) == 80
        assert all(len(row.reason) < 400 for row in seen.page.sources.rows)
        assert seen.states()["health"] == "fresh"


async def test_a_hostile_backend_leaves_a_useful_page() -> None:
    async with running(demo_app(scenario="hostile")) as url, watching(url, alert_seconds=0.1) as seen:
        await seen.first_refresh()
        await seen.refresh()
        assert seen.page.health.word in ("Healthy", "Degraded", "Down", "Unknown")
        rows = {row.name: row for row in seen.page.sources.rows}
        assert rows["cache"].surprises and rows["cache"].surprise_sentences
        assert seen.figure("performance.request_rate").text == "31.5"
        assert seen.figure("cache.hit_rate").display == "not_reported"
        assert rows["ml_health"].reason.startswith("answered with a list")


async def test_an_empty_backend_has_zeros_and_no_inventions() -> None:
    async with running(demo_app(scenario="empty")) as url, watching(url) as seen:
        await seen.first_refresh()
        assert seen.figure("jobs.pending").text == "0"
        assert not [r.name for r in seen.page.sources.rows if r.state in ("failing", "stale")]
