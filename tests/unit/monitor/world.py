"""A collector with a scripted backend, on a loop whose time can be moved on at will."""

import asyncio
import math
from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import suppress
from typing import Any

from ops_dashboard.backend.client import Answer, BackendClient
from ops_dashboard.backend.errors import BackendError, TimedOut, Unreachable
from ops_dashboard.backend.sources import ROOT_HEALTH, Source, all_sources
from ops_dashboard.domain.audit import AuditEntry
from ops_dashboard.domain.metrics.product import RANGED_SOURCES, of_range
from ops_dashboard.domain.series.points import DEFAULT_SPAN, SPANS
from ops_dashboard.domain.snapshot import Snapshot, SourceState
from ops_dashboard.monitor.collector import Collector
from ops_dashboard.monitor.embedding_runs import EmbeddingRuns
from ops_dashboard.monitor.hub import Hub
from ops_dashboard.monitor.job_actions import JobActions
from ops_dashboard.monitor.watch import Watch
from tests.unit.monitor.warped import WarpedClock, WarpedLoop

Script = object | Callable[[], object]
MODULES = ("graph", "search")
REFUSED = Unreachable("refused the connection")
UNWATCHED = {of_range(source, span) for source in RANGED_SOURCES for span in SPANS if span != DEFAULT_SPAN}
UNWATCHED |= {ROOT_HEALTH}
"""The sources of the time ranges that nobody looks at until a test does, and what only some backends offer."""


def _call(path: str, params: Mapping[str, str]) -> tuple[str, frozenset[tuple[str, str]]]:
    return path, frozenset(params.items())


class ScriptedClient(BackendClient):
    """Answers from ``bodies`` (a body, an exception, or a function that gives either) after ``latency``."""

    def __init__(self, loop: WarpedLoop, sources: Sequence[Source]) -> None:
        self._loop = loop
        self._names = {_call(source.path, source.params): source.name for source in sources}
        self.bodies: dict[str, Script] = {}
        self.latency: dict[str, float] = {}
        self.status: dict[str, int] = {}
        """The HTTP status of an answer, where it is not 200."""
        self.everything: Script | None = None
        """When set, the answer to every call."""
        self.clock_ahead: float | None = None
        """What each answer shows of the backend's clock, in seconds."""
        self.calls: list[tuple[float, str]] = []
        self.spans: list[tuple[float, float, str]] = []
        """When each call began and ended."""
        self.in_flight: list[str] = []
        self.most_in_flight = 0

    async def get(self, path: str, **asked: Any) -> Answer:
        name = self._names.get(_call(path, asked.get("params", {})), f"GET {path}")
        return await self._answer(name, asked.get("timeout", math.inf))

    async def post(self, path: str, **asked: Any) -> Answer:
        return await self._answer(f"POST {path}")

    async def _answer(self, name: str, timeout: float = math.inf) -> Answer:
        began = self._loop.time()
        self.calls.append((began, name))
        assert name not in self.in_flight, f"{name} overlaps itself"
        self.in_flight.append(name)
        self.most_in_flight = max(self.most_in_flight, len(self.in_flight))
        try:
            await asyncio.sleep(min(timeout, self.latency.get(name, 0.01)))
        finally:
            self.in_flight.remove(name)
            self.spans.append((began, self._loop.time(), name))
        if self.latency.get(name, 0.0) > timeout:
            late = TimedOut(f"gave no answer within {timeout:g} s")
            late.latency = timeout
            raise late
        said = self.everything if self.everything is not None else self.bodies.get(name, {})
        body = said() if callable(said) else said
        if isinstance(body, BackendError):
            body.latency = self._loop.time() - began
        if isinstance(body, BaseException):
            raise body
        latency = self._loop.time() - began
        return Answer(self.status.get(name, 200), body, latency, clock_ahead=self.clock_ahead)

    def times(self, name: str, since: float = 0.0) -> list[float]:
        """When a source was called."""
        return [at for at, called in self.calls if called == name and at >= since]

    def called(self, since: float) -> set[str]:
        """Which sources were called from a moment on."""
        return {name for at, name in self.calls if at >= since}


class World:
    """Everything of one monitor. Time only passes in :meth:`run`, and costs nothing.

    Making a page of every snapshot is most of the work: that is only done with ``every_page``, for tests of what
    is pushed. Else the hub holds the page of the newest snapshot from the moment on that a test looks at it.
    """

    def __init__(
        self, *, refresh_seconds: float = 30, alert_seconds: float = 1, every_page: bool = False
    ) -> None:
        self.loop = WarpedLoop()
        self.clock = WarpedClock(self.loop)
        sources = all_sources(MODULES)
        self.client = ScriptedClient(self.loop, sources)
        self._hub = Hub()
        self._every_page = every_page
        self._unseen: Snapshot | None = None
        self.published: list[tuple[Snapshot, bool]] = []
        watch = Watch(
            "backend",
            MODULES,
            refresh_seconds,
            alert_seconds,
            timeout_seconds=5,
            runs=lambda: self.actions.runs(),
            submissions=lambda: self.actions.submissions(),
            embeddings=lambda: self.embeddings.generation(),
        )
        self.collector = Collector(self.client, sources, watch, self._publish, self.clock)
        self.audit: list[AuditEntry] = []
        self.actions = JobActions(self.client, self.collector, self.audit.append)
        self.embeddings = EmbeddingRuns(self.client, self.collector, "backend", self.audit.append)
        self._tasks: list[asyncio.Task[Any]] = []

    def _publish(self, snapshot: Snapshot, quiet: bool) -> None:
        self.published.append((snapshot, quiet))
        if self._every_page:
            self._hub.publish(snapshot, quiet)
        else:
            self._unseen = snapshot

    @property
    def hub(self) -> Hub:
        """The hub, with the page of the newest snapshot."""
        if self._unseen is not None:
            self._hub.publish(self._unseen, quiet=False)
            self._unseen = None
        return self._hub

    def start(self, run: Coroutine[Any, Any, None] | None = None) -> asyncio.Task[Any]:
        """Start the collector, or another coroutine, on the loop."""
        task = self.loop.create_task(run or self.collector.run())
        self._tasks.append(task)
        return task

    def run(self, seconds: float) -> None:
        """Let time pass."""
        self.loop.run_until_complete(asyncio.sleep(seconds))

    def until(self, true: Callable[[], object], within: float = 120) -> None:
        """Let time pass until something holds; fails if it does not within so many seconds."""
        end = self.now + within
        while not true():
            assert self.now < end, "It did not come to pass"
            self.run(0.01)

    @property
    def now(self) -> float:
        """The loop's time."""
        return self.loop.time()

    @property
    def snapshot(self) -> Snapshot:
        """What the collector knows, published or not."""
        return self.collector.snapshot()

    def source(self, name: str) -> SourceState:
        """What is known of one source."""
        return self.snapshot.sources[name]

    def close(self) -> None:
        """End what runs."""
        self.loop.run_until_complete(self.actions.close())
        self.loop.run_until_complete(self.embeddings.close())
        for task in self._tasks:
            task.cancel()
            with suppress(asyncio.CancelledError, Exception):
                self.loop.run_until_complete(task)
        self.loop.close()
