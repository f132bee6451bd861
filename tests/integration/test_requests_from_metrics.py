"""A backend that reports no performance but counts its requests: the page shows what is counted."""

import time

import pytest
from prometheus_client import CollectorRegistry, Histogram, generate_latest
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from ops_dashboard.demo.api import demo_app
from ops_dashboard.demo.faults import Fault
from tests.bodies import DEMO_TIME
from tests.integration.watched import Watched, watching
from tests.servers import running

PERFORMANCE = "/api/monitoring/performance"
QUICKENED = 300.0
"""How much faster the demo counts, so that a test need not wait for its requests."""


class Counting:
    """Counts every request to ``app`` by its path, as instrumented backends do, and tells it at /metrics."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._registry = CollectorRegistry()
        self.durations = Histogram(
            "http_request_duration_seconds",
            "Durations",
            ["handler", "status"],
            buckets=(0.1, 0.2, 0.4),
            registry=self._registry,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, path = time.monotonic(), Request(scope).url.path
        told = Response(generate_latest(self._registry), media_type="text/plain")
        await (told if path == "/metrics" else self._app)(scope, receive, send)
        self.durations.labels(path, "200").observe(time.monotonic() - began)

    def visit(self, times: int, seconds: float, status: int = 200) -> None:
        """Count so many requests of somebody else."""
        for _ in range(times):
            self.durations.labels("/api/v1/resources", str(status)).observe(seconds)


async def read_again_until_counted(seen: Watched, requests: int) -> None:
    """Refresh until so many requests were counted."""
    deadline = time.monotonic() + 20
    while (counted := seen.collector.snapshot().scrapes).requests < requests:
        assert time.monotonic() < deadline, counted
        await seen.refresh()


async def test_key_metrics_come_from_the_histograms_of_metrics_where_performance_is_not_offered() -> None:
    began = time.monotonic()
    app = demo_app(scenario="healthy", clock=lambda: DEMO_TIME + QUICKENED * (time.monotonic() - began))
    simulation = app.state.simulation
    simulation.faults[PERFORMANCE] = Fault("status", 404)
    async with running(app) as url, watching(url) as seen:
        await seen.first_refresh()
        assert seen.figure("performance.p95").text == "", "one reading of counters tells nothing"
        await read_again_until_counted(seen, 5_000)
        now = simulation.readings(simulation.now)
        figures = {name: seen.figure(f"performance.{name}") for name in ("p50", "p95", "p99")}
        assert {f.origin for f in figures.values()} == {"metrics"}
        assert all("From the request histogram" in f.origin_note for f in figures.values())
        true = {"p50": now.response.p50, "p95": now.response.p95, "p99": now.response.p99}
        counted = {name: figure.value for name, figure in figures.items()}
        assert counted == pytest.approx(true, rel=0.3), "as near as the buckets are narrow"
        rate = seen.figure("performance.request_rate")
        assert rate.origin == "metrics"
        assert rate.value == pytest.approx(QUICKENED * now.request_rate, rel=0.15)
        error_rate = seen.figure("performance.error_rate")
        assert error_rate.origin == "metrics"
        assert error_rate.value == pytest.approx(now.error_rate, abs=0.2)


async def test_the_dashboards_own_calls_are_not_the_measure() -> None:
    app = demo_app(scenario="healthy")
    app.state.simulation.faults[PERFORMANCE] = Fault("status", 404)
    backend = Counting(app)
    async with running(backend) as url, watching(url) as seen:
        await seen.first_refresh()
        await seen.refresh()
        assert seen.collector.snapshot().scrapes.requests == 0
        assert seen.figure("performance.p95").origin != "metrics"
        assert (
            seen.figure("performance.request_rate").text,
            seen.figure("performance.request_rate").origin,
        ) == (
            "0",
            "metrics",
        )
        backend.visit(90, 0.15)
        backend.visit(10, 5.0, status=503)
        await seen.refresh()
        assert seen.collector.snapshot().scrapes.requests == 100
        assert seen.figure("performance.error_rate").text == "10"
        assert seen.figure("performance.p95").text == "≥ 400"
        assert 100 < (seen.figure("performance.p50").value or 0) < 200
