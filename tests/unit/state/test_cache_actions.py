"""Clearing the cache from a tab: only as confirmed in the open dialog, and once."""

import asyncio
from typing import Any

import pytest

from ops_dashboard.domain.actions import Ending, Run
from ops_dashboard.domain.snapshot import Offer
from ops_dashboard.monitor.actions import Asked
from ops_dashboard.state import cache_actions
from ops_dashboard.state.cache_actions import CacheActionsState
from ops_dashboard.state.dialogs import CLEAR_CACHE, DialogsState
from ops_dashboard.state.live import LiveState
from ops_dashboard.state.sections import CacheState
from tests.bodies import demo_bodies
from tests.snapshots import snapshot
from tests.unit.state.tabs import FakeMonitor, tab

HOSTILE: list[Any] = [None, True, -1, 1.5, "", "x" * 100_000, [], {}, {"a": 1}]


class FakeActions:
    """Stands for the monitor and its actions: remembers who asked, and answers when it is let."""

    def __init__(self) -> None:
        self.actions = self
        self.asked: list[tuple[str, int | None]] = []
        self.answer = Asked(True)
        self.may_answer = asyncio.Event()
        self.may_answer.set()

    async def clear_cache(self, by: str, after: int | None = None) -> Asked:
        self.asked.append((by, after))
        await self.may_answer.wait()
        return self.answer


@pytest.fixture
def actions(monkeypatch: pytest.MonkeyPatch) -> FakeActions:
    fake = FakeActions()
    monkeypatch.setattr(cache_actions, "monitor", lambda: fake)
    return fake


async def confirmed(call: Any, after: Any = 0) -> None:
    await (await call(DialogsState.show(CLEAR_CACHE)))
    await (await call(CacheActionsState.clear(after)))


async def test_what_is_confirmed_is_done_and_the_dialog_closes(actions: FakeActions):
    async with tab() as (tabs, call):
        await confirmed(call, 4)
    assert actions.asked == [("an operator", 4)]
    assert tabs.values(DialogsState, "open_dialog")[-2:] == [CLEAR_CACHE, ""]


async def test_the_dialog_closes_before_the_answer_is_there(actions: FakeActions):
    actions.may_answer.clear()
    async with tab() as (tabs, call):
        await (await call(DialogsState.show(CLEAR_CACHE)))
        running = await call(CacheActionsState.clear(0))
        await tabs.until(DialogsState, "open_dialog", lambda name: name == CLEAR_CACHE)
        async with asyncio.timeout(5):
            while tabs.values(DialogsState, "open_dialog")[-1]:
                tabs.sent.clear()
                await tabs.sent.wait()
        actions.may_answer.set()
        await running


async def test_a_second_press_finds_the_dialog_closed(actions: FakeActions):
    async with tab() as (_, call):
        await confirmed(call)
        await (await call(CacheActionsState.clear(0)))
        await (await call(CacheActionsState.clear(1)))
    assert len(actions.asked) == 1


async def test_without_the_open_dialog_nothing_is_done(actions: FakeActions):
    async with tab() as (_, call):
        await (await call(CacheActionsState.clear(0)))
        await (await call(DialogsState.show("sources")))
        await (await call(CacheActionsState.clear(0)))
    assert actions.asked == []


@pytest.mark.parametrize("bad", HOSTILE, ids=lambda bad: repr(bad)[:12])
async def test_what_is_no_number_changes_nothing(actions: FakeActions, bad: Any):
    async with tab() as (tabs, call):
        await confirmed(call, bad)
        await (await call(CacheActionsState.dismiss(bad)))
    assert actions.asked == []
    assert not any(tabs.values(CacheActionsState, "dismissed"))


async def test_why_nothing_was_sent_is_told_to_this_tab_until_it_is_put_away(actions: FakeActions):
    actions.answer = Asked(False, "Nothing was sent a second time.")
    async with tab() as (tabs, call):
        await confirmed(call)
        assert tabs.values(CacheActionsState, "not_sent")[-1] == "Nothing was sent a second time."
        await (await call(CacheActionsState.dismiss(3)))
        assert tabs.values(CacheActionsState, "not_sent")[-1] == ""
        assert tabs.values(CacheActionsState, "dismissed")[-1] == 3


async def test_a_paused_display_tells_what_came_of_it_and_holds_its_figures(watched: FakeMonitor):
    offer = Offer("clear_cache", "Clear the cache", True, "This backend can clear the cache.")
    ending = Ending("done", "5 keys cleared.")
    done = (Run("clear_cache", "", 1, "ana", watched.at, watched.at + 1, ending),)
    async with tab() as (tabs, call):
        following = await call(LiveState.follow)
        await tabs.until_healthy()
        before = await tabs.until(CacheState, "view", lambda view: view.figures[0].text)
        await (await call(LiveState.set_auto_refresh(False)))
        bodies = {**demo_bodies(), "cache": {"hit_rate": 1.25}}
        watched.at += 1
        watched.hub.publish(snapshot(bodies, at=watched.at, offers=(offer,), runs=done), quiet=False)
        told = await tabs.until(CacheState, "view", lambda view: view.clear.state == "done")
        following.cancel()
    assert told.clear.sentence == "5 keys cleared."
    assert told.figures == before.figures
