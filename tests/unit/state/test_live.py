"""The follow loop, run by the framework's own event processor, without a browser or a server."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from reflex.event import Event
from reflex.istate.manager.memory import StateManagerMemory
from reflex_base.event.processor import BaseStateEventProcessor

from ops_dashboard.monitor.hub import Hub
from ops_dashboard.state import live
from ops_dashboard.state.live import LiveState
from ops_dashboard.state.sections import CacheState, HealthState, ShellState
from tests.bodies import demo_bodies
from tests.snapshots import NOW, snapshot

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

    async def until(self, state: type[Any], var: str, true: Callable[[Any], object] = lambda _: True) -> Any:
        """The first value of a var sent for which something holds (a new tab is sent the defaults first)."""
        async with asyncio.timeout(5):
            while True:
                for delta in self.updates:
                    value = delta.get(state.get_full_name(), {}).get(f"{var}_rx_state_")
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
        self.hub = Hub()
        self.collector = self
        self.at = NOW
        self.brings: dict[str, Any] = demo_bodies()
        self.refreshes = 0

    def now(self) -> float:
        return self.at

    def publish(self, bodies: dict[str, Any]) -> None:
        self.at += 1
        self.hub.publish(snapshot(bodies, at=self.at), quiet=False)

    async def refresh(self) -> None:
        self.refreshes += 1
        self.publish(self.brings)


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> FakeMonitor:
    fake = FakeMonitor()
    fake.publish(demo_bodies())
    monkeypatch.setattr(live, "monitor", lambda: fake)
    return fake


@asynccontextmanager
async def tab() -> AsyncIterator[tuple[Tabs, Any]]:
    """An open tab: what it is sent, and a function that lets it call a handler."""
    errors: list[Exception] = []
    tabs = Tabs()
    processor = BaseStateEventProcessor(backend_exception_handler=errors.append)  # pyright: ignore[reportArgumentType]
    async with processor.configure(state_manager=StateManagerMemory(), event_namespace=tabs):  # pyright: ignore[reportArgumentType]

        async def call(handler: Any) -> Any:
            (event,) = Event.from_event_type(handler)
            return await processor.enqueue(TAB, event)

        yield tabs, call
    assert errors == []


async def test_a_tab_is_shown_what_is_known_at_once(watched: FakeMonitor):
    async with tab() as (tabs, call):
        await call(LiveState.follow())
        assert (await tabs.until_healthy()).modules == "13 of 13 modules healthy"
        await tabs.until(LiveState, "beat", lambda beat: beat == watched.at)


async def test_only_sections_that_changed_are_sent(watched: FakeMonitor):
    async with tab() as (tabs, call):
        await call(LiveState.follow())
        await tabs.until_healthy()
        tabs.updates.clear()
        bodies = demo_bodies()
        bodies["cache"]["hit_rate"] = 12.5
        watched.publish(bodies)
        await tabs.until(CacheState, "view")
        sent = {name for delta in tabs.updates for name in delta}
        assert CacheState.get_full_name() in sent
        assert HealthState.get_full_name() not in sent


async def test_a_paused_tab_holds_still_but_hears_that_we_live(watched: FakeMonitor):
    async with tab() as (tabs, call):
        await call(LiveState.follow())
        await tabs.until_healthy()
        await (await call(LiveState.set_auto_refresh(False)))
        tabs.updates.clear()
        bodies = demo_bodies()
        bodies["cache"]["hit_rate"] = 12.5
        watched.publish(bodies)
        await tabs.until(LiveState, "beat", lambda beat: beat == watched.at)
        assert CacheState.get_full_name() not in {name for delta in tabs.updates for name in delta}
        await (await call(LiveState.set_auto_refresh(True)))
        figures = (await tabs.until(CacheState, "view")).figures
        assert figures[0].text == "12.5"


async def test_refresh_now_shows_a_paused_tab_the_result_once(watched: FakeMonitor):
    async with tab() as (tabs, call):
        await call(LiveState.follow())
        await tabs.until_healthy()
        await (await call(LiveState.set_auto_refresh(False)))
        tabs.updates.clear()
        watched.brings["cache"]["hit_rate"] = 33.0
        await (await call(LiveState.refresh_now()))
        assert (await tabs.until(CacheState, "view")).figures[0].text == "33"
        assert watched.refreshes == 1


async def test_a_paused_tab_still_learns_that_the_backend_is_gone(watched: FakeMonitor):
    async with tab() as (tabs, call):
        await call(LiveState.follow())
        await tabs.until_healthy()
        await (await call(LiveState.set_auto_refresh(False)))
        tabs.updates.clear()
        watched.publish({})
        assert (await tabs.until(ShellState, "view")) is not None


async def test_a_second_follower_ends_the_first(watched: FakeMonitor):
    async with tab() as (tabs, call):
        first = await call(LiveState.follow())
        await tabs.until_healthy()
        second = await call(LiveState.follow())
        bodies = demo_bodies()
        async with asyncio.timeout(5):
            while not first.done():  # it learns of the second with the next news
                bodies["cache"]["hit_rate"] = watched.at % 100
                watched.publish(bodies)
                await asyncio.sleep(0)
        assert not second.done()
