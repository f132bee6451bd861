"""The collector on a real socket, with one source that is slow, flapping, or answers nonsense."""

import pytest

from ops_dashboard.demo.api import demo_app
from ops_dashboard.demo.faults import Fault
from tests.integration.watched import Guard, watching
from tests.servers import running

CACHE = "/api/monitoring/cache/stats"
NEVER = Fault("delay", 3_600)
PATIENT, IMPATIENT = 5.0, 1.5
"""Timeouts in seconds, longer than a good answer takes on a busy machine. An answer that never comes is waited
for several times over, and five times as long before it is asked for again."""
NONSENSE = [
    (Fault("html"), "answered with a web page instead of data"),
    (Fault("garbage"), "broken characters"),
    (Fault("truncate"), "broke the connection off in the middle of its answer"),
    (Fault("reset"), "broke the connection off"),
    (Fault("status", 500), "failed while answering (HTTP 500: Fault injected: HTTP 500)"),
    (Fault("status", 302), "answered with a redirect"),
    (Fault("status", 403), "HTTP 403"),
    (Fault("status", 404), "does not offer this call (HTTP 404"),
    (NEVER, f"gave no answer within {IMPATIENT:g} s"),
]


@pytest.mark.parametrize(
    ("fault", "reason"), NONSENSE, ids=[f"{f.kind}-{f.value or ''}" for f, _ in NONSENSE]
)
async def test_a_failing_source_touches_only_itself_and_recovers(fault: Fault, reason: str) -> None:
    app = demo_app(scenario="healthy")
    faults = app.state.simulation.faults
    timeout = IMPATIENT if fault is NEVER else PATIENT
    async with running(app) as url, watching(url, timeout_seconds=timeout) as seen:
        await seen.first_refresh()
        before = seen.figure("cache.hit_rate")
        faults[CACHE] = fault
        await seen.refresh()
        assert reason in seen.source("cache").reason
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


async def test_flapping_is_followed_and_is_no_lost_contact() -> None:
    app = demo_app(scenario="healthy")
    faults = app.state.simulation.faults
    async with running(app) as url, watching(url, alert_seconds=0.05) as seen:
        await seen.first_refresh()
        for _ in range(3):
            faults["/api/monitoring/performance"] = Fault("status", 503)
            await seen.until(lambda: seen.source("performance").failures)
            assert not seen.collector.snapshot().contact.lost
            faults.clear()
            await seen.until(lambda: not seen.source("performance").failures)
        assert seen.page.health.word == "Healthy"
