"""The collector on a real socket, with one source that is slow, flapping, or answers nonsense."""

import pytest

from ops_dashboard.demo.api import demo_app
from ops_dashboard.demo.faults import Fault
from tests.integration.watched import Guard, watching
from tests.servers import running

CACHE = "/api/monitoring/cache/stats"


async def test_a_failing_source_touches_only_itself_and_recovers() -> None:
    app = demo_app(scenario="healthy")
    faults = app.state.simulation.faults
    async with running(app) as url, watching(url) as seen:
        await seen.first_refresh()
        before = seen.figure("cache.hit_rate")
        faults[CACHE] = Fault("truncate")
        await seen.refresh()
        assert "broke the connection off in the middle of its answer" in seen.source("cache").reason
        await seen.until(lambda: seen.states()["cache"] == "stale")
        stale = seen.figure("cache.hit_rate")
        assert (stale.display, stale.text, stale.at) == ("stale", before.text, before.at)
        others = {state for name, state in seen.states().items() if name != "cache"}
        assert others == {"fresh", "spared"}
        assert seen.page.health.word == "Healthy" and seen.page.shell.banner.title == ""
        faults.clear()
        await seen.refresh()
        await seen.until(lambda: seen.states()["cache"] == "fresh")
        assert seen.source("cache").reason == ""


@pytest.mark.parametrize(
    ("fault", "display", "reason"),
    [
        (Fault("html"), "waiting", "answered with a web page instead of data"),
        (Fault("status", 404), "not_reported", "does not offer this call (HTTP 404"),
    ],
    ids=["html", "404"],
)
async def test_a_source_that_never_worked_has_no_data_and_a_reason(
    fault: Fault, display: str, reason: str
) -> None:
    app = demo_app(scenario="healthy")
    app.state.simulation.faults[CACHE] = fault
    async with running(app) as url, watching(url) as seen:
        await seen.first_refresh()
        figure = seen.figure("cache.hit_rate")
        assert (figure.display, figure.text) == (display, "") and reason in figure.note


async def test_a_slow_source_holds_nobody_up() -> None:
    app, slow = demo_app(scenario="healthy"), 3.0
    app.state.simulation.faults[CACHE] = Fault("delay", slow)
    guard = Guard(app)
    async with running(guard) as url, watching(url, timeout_seconds=2 * slow) as seen:
        await seen.until(lambda: guard.in_flight[CACHE] == 1 and seen.states().get("jobs") == "fresh")
        assert seen.figure("cache.hit_rate").display == "waiting"
        await seen.until(lambda: seen.figure("cache.hit_rate").display == "value")
        assert seen.source("cache").latency >= slow and seen.source("cache").failures == 0
