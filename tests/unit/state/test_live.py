"""The follow loop: what a tab is sent, and when."""

import asyncio
from typing import Any

from ops_dashboard.state.live import LiveState
from ops_dashboard.state.sections import CacheState, HealthState, ShellState
from tests.bodies import demo_bodies
from tests.unit.state.tabs import FakeMonitor, Tabs, tab


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


async def test_section_on_screen_brings_its_sources_forward(watched: FakeMonitor):
    async with tab() as (_, call):
        for section in ("workers", "workers<script>", ""):
            await (await call(LiveState.look_at(section)))
    assert watched.sources_looked_at == ["workers"]


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


async def test_news_that_come_while_a_tab_is_sent_its_first_page_follow_at_once(watched: FakeMonitor):
    class Eventful(Tabs):
        async def emit_update(self, update: Any, token: str) -> None:
            await super().emit_update(update, token)
            healthy = any(view.word == "Healthy" for view in self.values(HealthState, "view"))
            if healthy and watched.hub.news.revision == 1:
                watched.publish(demo_bodies() | {"cache": {"hit_rate": 12.5}})

    async with tab(Eventful()) as (tabs, call):
        await call(LiveState.follow())
        shown = await tabs.until(CacheState, "view", lambda view: view.figures[0].text == "12.5")
        assert shown
