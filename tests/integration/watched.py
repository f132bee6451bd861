"""A collector watching a real server, and what that server saw of it."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from pydantic import SecretStr
from starlette.types import ASGIApp, Receive, Scope, Send

from ops_dashboard.backend.client import BackendClient
from ops_dashboard.backend.sources import all_sources
from ops_dashboard.domain.modules import WATCHED_MODULES
from ops_dashboard.domain.snapshot import SourceState
from ops_dashboard.domain.views.figure import Figure
from ops_dashboard.domain.views.page import PageView
from ops_dashboard.monitor.collector import Collector
from ops_dashboard.monitor.history import History
from ops_dashboard.monitor.hub import Hub
from ops_dashboard.monitor.supervise import supervise
from ops_dashboard.monitor.watch import Watch
from tests.traceable import figures

PATIENCE = 20.0


@dataclass
class Guard:
    """An app that keeps a book of what it is asked. Times in seconds, monotonic."""

    app: ASGIApp
    began: list[tuple[str, float]] = field(default_factory=list)
    in_flight: Counter[str] = field(default_factory=Counter)
    most_in_flight: int = 0
    overlapping: set[str] = field(default_factory=set)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = scope["path"]
        self.began.append((path, time.monotonic()))
        self.in_flight[path] += 1
        if self.in_flight[path] > 1:
            self.overlapping.add(path)
        self.most_in_flight = max(self.most_in_flight, self.in_flight.total())
        try:
            await self.app(scope, receive, send)
        finally:
            self.in_flight[path] -= 1

    def times(self, path: str) -> list[float]:
        """When a path was asked for."""
        return [at for asked, at in self.began if asked == path]

    def calls(self) -> Counter[str]:
        """How often each path was asked for."""
        return Counter(path for path, _ in self.began)

    def asked_once(self) -> set[str]:
        """The paths that were asked for once."""
        return {path for path, count in self.calls().items() if count == 1}


@dataclass
class Watched:
    """The collector at work, the hub it feeds, and what is kept of it."""

    collector: Collector
    hub: Hub
    history: History

    @property
    def page(self) -> PageView:
        """The page as it stands."""
        return self.hub.news.page

    def source(self, name: str) -> SourceState:
        """What is known of a source, published or not."""
        return self.collector.snapshot().sources[name]

    def states(self) -> dict[str, str]:
        """The state of every source, as its row on the page says."""
        return {row.name: row.state for row in self.page.sources.rows}

    def figure(self, key: str) -> Figure:
        """One figure of the page."""
        return next(f for f in figures(self.page) if f.key == key)

    async def until(self, true: Callable[[], object], within: float = PATIENCE) -> None:
        """Wait for a condition; raises TimeoutError when it does not come."""
        async with asyncio.timeout(within):
            while not true():
                await asyncio.sleep(0.005)

    async def first_refresh(self) -> None:
        """Wait until every source was asked once and the page shows it."""
        await self.until(lambda: self.hub.snapshot.refreshed_at and not self.hub.snapshot.refreshing)

    async def refresh(self) -> None:
        """Refresh by hand, and wait until the page shows it."""
        async with asyncio.timeout(PATIENCE):
            await self.collector.refresh()
        wanted = self.collector.snapshot().refreshed_at
        await self.until(lambda: self.hub.snapshot.refreshed_at >= wanted)


@asynccontextmanager
async def watching(
    url: str,
    *,
    token: str | None = None,
    refresh_seconds: float = 60.0,
    alert_seconds: float = 0.0,
    timeout_seconds: float = 5.0,
    modules: tuple[str, ...] = WATCHED_MODULES,
) -> AsyncIterator[Watched]:
    """Watch the backend at ``url`` while the block runs, as the dashboard does."""
    client, history = BackendClient(url, SecretStr(token) if token else None), History()
    hub = Hub(history)
    # However busy the machine is: no call is put off because it was slow.
    watch = Watch("backend", modules, refresh_seconds, alert_seconds, timeout_seconds, load_budget=1_000)
    collector = Collector(client, all_sources(modules), watch, hub.publish)
    task = asyncio.create_task(supervise("collector", collector.run))
    try:
        yield Watched(collector, hub, history)
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        await client.aclose()
