"""An open tab, run by the framework's own event processor, and the monitor it looks at: no browser, no server."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from typing import Any

from reflex.event import Event
from reflex.istate.manager.memory import StateManagerMemory
from reflex_base.event.processor import BaseStateEventProcessor

from ops_dashboard.domain.series.points import Span
from ops_dashboard.domain.snapshot import Snapshot
from ops_dashboard.domain.views.chart import Mark
from ops_dashboard.domain.views.chart_marks import marks_of
from ops_dashboard.monitor.history import History
from ops_dashboard.monitor.hub import Hub
from ops_dashboard.monitor.ranges import WatchedRanges
from ops_dashboard.state.sections import HealthState
from tests.bodies import demo_bodies
from tests.snapshots import NOW, read, snapshot

TAB = "a-tab"


class Tabs:
    """Stands for the sockets: remembers every update that would be sent."""

    def __init__(self) -> None:
        self.updates: list[dict[str, dict[str, Any]]] = []
        self.sent = asyncio.Event()

    async def emit_update(self, update: Any, token: str) -> None:
        assert token == TAB
        if update.delta:
            self.updates.append(update.delta)
            self.sent.set()

    def values(self, state: type[Any], var: str) -> list[Any]:
        """Every value of a var that was sent, in order."""
        deltas = (delta.get(state.get_full_name(), {}) for delta in self.updates)
        return [delta[f"{var}_rx_state_"] for delta in deltas if f"{var}_rx_state_" in delta]

    async def until(self, state: type[Any], var: str, true: Callable[[Any], object] = lambda _: True) -> Any:
        """The first value of a var sent for which something holds (a new tab is sent the defaults first)."""
        async with asyncio.timeout(5):
            while True:
                for value in self.values(state, var):
                    if value is not None and true(value):
                        return value
                self.sent.clear()
                await self.sent.wait()

    async def until_healthy(self) -> Any:
        """The first view sent that says so."""
        return await self.until(HealthState, "view", lambda view: view.word == "Healthy")


class FakeMonitor:
    """A hub that the test publishes to, and a collector whose refresh brings what the test gave it."""

    def __init__(self) -> None:
        self.history = History()
        self.hub = Hub(self.history)
        self.collector = self
        self.looked_at: list[set[Span]] = []
        """The time ranges that were told to be looked at, each time they changed."""
        self.ranges = WatchedRanges(lambda spans: self.looked_at.append(set(spans)))
        self.at = NOW
        self.brings: dict[str, Any] = demo_bodies()
        self.refreshes = 0
        self.sources_looked_at: list[str] = []

    def now(self) -> float:
        return self.at

    def marks(self, keys: Iterable[str], after: float) -> tuple[Mark, ...]:
        return marks_of(keys, self.history.anomalies.episodes(after), ())

    def publish(self, bodies: dict[str, Any]) -> None:
        """News that came a second later, without a refresh."""
        self.at += 1
        self.hub.publish(snapshot(bodies, at=self.at), quiet=False)

    def refreshed(self, bodies: dict[str, Any]) -> Snapshot:
        """News of a refresh that ended half a minute later."""
        self.at += 30
        states = [read(name, body, received_at=self.at) for name, body in bodies.items()]
        known = snapshot(states=states, at=self.at, refreshed_at=self.at)
        self.hub.publish(known, quiet=False)
        return known

    def look_at(self, sources: Iterable[str]) -> None:
        self.sources_looked_at += sources

    async def refresh(self) -> None:
        self.refreshes += 1
        self.publish(self.brings)


@asynccontextmanager
async def tab(tabs: Tabs | None = None) -> AsyncIterator[tuple[Tabs, Any]]:
    """An open tab: what it is sent, and a function that lets it call a handler."""
    errors: list[Exception] = []
    tabs = tabs or Tabs()
    processor = BaseStateEventProcessor(backend_exception_handler=errors.append)  # pyright: ignore[reportArgumentType]
    async with processor.configure(state_manager=StateManagerMemory(), event_namespace=tabs):  # pyright: ignore[reportArgumentType]

        async def call(handler: Any) -> Any:
            (event,) = Event.from_event_type(handler)
            return await processor.enqueue(TAB, event)

        yield tabs, call
    assert errors == []
