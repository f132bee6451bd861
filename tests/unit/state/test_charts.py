"""The time range of a tab, and what its charts are sent."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
import reflex as rx

from ops_dashboard.domain.series.points import SPANS
from ops_dashboard.domain.series.store import Store
from ops_dashboard.domain.views.page import panels_of
from ops_dashboard.state.charts import ChartsState
from ops_dashboard.state.live import LiveState
from ops_dashboard.state.sections import EngagementState, HealthState, RecommendationsState
from tests.bodies import demo_bodies
from tests.unit.state.tabs import FakeMonitor, Tabs, tab

P95 = "performance.p95"
GARBAGE = ["", "2h", "1H", None, 3, [], {}, ["1h"], "x" * 100_000]


def opened(url: str, kept: str = "1h") -> Any:
    """The charts' state of a tab that was opened with this address, in a browser that has kept a range."""
    root = rx.State(_reflex_internal_init=True)  # pyright: ignore[reportCallIssue]
    root.router_data = root._update_router_vars({"asPath": url, "pathname": "/ops"}, {})
    charts: Any = root.get_substate(ChartsState.get_full_name().split("."))
    charts.kept_range = kept
    charts.read_url()
    return charts


async def until(true: Callable[[], object]) -> None:
    """Wait for a condition."""
    async with asyncio.timeout(5):
        while not true():
            await asyncio.sleep(0)


@pytest.mark.parametrize("span", SPANS)
def test_the_address_says_which_range_is_shown(span: str):
    assert opened(f"/ops?range={span}", kept="6h").range == span


@pytest.mark.parametrize("span", SPANS)
def test_without_one_in_the_address_it_is_the_one_this_browser_has_kept(span: str):
    assert opened("/ops", kept=span).range == span
    assert opened("/ops?range=2h", kept=span).range == span


@pytest.mark.parametrize("kept", ["", "2h", "x" * 1_000])
def test_without_any_it_is_an_hour(kept: str):
    assert opened("/ops?range=", kept=kept).range == "1h"


def test_reading_the_address_keeps_nothing():
    assert opened("/ops?range=7d", kept="6h").kept_range == "6h"


@pytest.mark.parametrize("bad", GARBAGE, ids=lambda bad: repr(bad)[:12])
async def test_a_word_that_is_no_range_changes_nothing(bad: Any, watched: FakeMonitor):
    charts = opened("/ops?range=24h")
    await charts.choose_range(bad)
    assert (charts.range, charts.kept_range) == ("24h", "1h")
    assert watched.looked_at == [{"1h"}]


@pytest.mark.parametrize("bad", GARBAGE, ids=lambda bad: repr(bad)[:12])
async def test_garbage_over_the_wire_changes_nothing(bad: Any, watched: FakeMonitor):
    async with tab() as (tabs, call):
        await call(LiveState.follow())
        await tabs.until_healthy()
        tabs.updates.clear()
        await (await call(ChartsState.choose_range(bad)))
    assert tabs.values(ChartsState, "range") == []
    assert watched.looked_at == [{"1h"}]


async def test_a_chosen_range_is_shown_kept_and_read(watched: FakeMonitor):
    async with tab() as (tabs, call):
        await call(LiveState.follow())
        await tabs.until_healthy()
        await (await call(ChartsState.choose_range("24h")))
        assert await tabs.until(ChartsState, "range", lambda span: span == "24h")
        assert await tabs.until(ChartsState, "kept_range", lambda span: span == "24h")
        assert watched.looked_at[-1] == {"1h", "24h"}


async def test_what_is_known_of_a_chosen_range_is_shown_at_once(watched: FakeMonitor):
    bodies = demo_bodies()
    for span, users in (("1h", 1), ("24h", 24)):
        bodies[f"user_engagement.{span}"]["active_users"] = users
        bodies[f"recommendation_quality.{span}"]["accuracy"] = users
    watched.publish(bodies)
    async with tab() as (tabs, call):
        await call(LiveState.follow())
        await tabs.until(EngagementState, "view", lambda view: view.figures[0].text == "1")
        await (await call(ChartsState.choose_range("24h")))
        await tabs.until(EngagementState, "view", lambda view: view.figures[0].text == "24")
        await tabs.until(RecommendationsState, "view", lambda view: view.figures[0].text == "24")


async def test_news_of_a_range_that_this_tab_does_not_look_at_are_not_sent(watched: FakeMonitor):
    async with tab() as (tabs, call):
        await call(LiveState.follow())
        await tabs.until_healthy()
        tabs.updates.clear()
        bodies = demo_bodies()
        bodies["user_engagement.7d"]["active_users"] = 70_007
        watched.publish(bodies)
        await tabs.until(LiveState, "beat", lambda beat: beat == watched.at)
        assert tabs.values(EngagementState, "view") == []
        bodies["user_engagement.1h"]["active_users"] = 10_001
        watched.publish(bodies)
        await tabs.until(EngagementState, "view", lambda view: view.figures[0].text == "10,001")


async def test_the_range_of_a_tab_is_read_while_it_is_open_and_no_longer(watched: FakeMonitor):
    async with tab() as (tabs, call):
        await (await call(ChartsState.choose_range("7d")))
        await call(LiveState.follow())
        await tabs.until_healthy()
        assert watched.looked_at[-1] == {"1h", "7d"}
    assert watched.looked_at[-1] == {"1h"}


class Congested(Tabs):
    """A connection over which the first view of health never gets through."""

    def __init__(self) -> None:
        super().__init__()
        self.stuck = asyncio.Event()

    async def emit_update(self, update: Any, token: str) -> None:
        await super().emit_update(update, token)
        if any(view.word == "Healthy" for view in self.values(HealthState, "view")):
            self.stuck.set()
            await asyncio.Event().wait()


async def test_the_range_of_a_tab_that_goes_while_it_is_shown_the_page_is_not_read_any_longer(
    watched: FakeMonitor,
):
    slow = Congested()
    async with tab(slow) as (_, call):
        await (await call(ChartsState.choose_range("7d")))
        await call(LiveState.follow())
        async with asyncio.timeout(5):
            await slow.stuck.wait()
        assert watched.looked_at[-1] == {"1h", "7d"}
    assert watched.looked_at[-1] == {"1h"}


async def test_a_second_follower_of_a_tab_takes_its_range_over(watched: FakeMonitor):
    async with tab() as (tabs, call):
        first = await call(LiveState.follow())
        await tabs.until_healthy()
        await (await call(ChartsState.choose_range("7d")))
        await call(LiveState.follow())
        async with asyncio.timeout(5):
            while not first.done():  # it learns of the second with the next news
                watched.publish(demo_bodies())
                await asyncio.sleep(0)
        assert watched.looked_at[1:] == [{"1h", "7d"}], "there was no moment without"
    assert watched.looked_at[-1] == {"1h"}


async def test_a_range_chosen_by_who_follows_nothing_is_not_read(watched: FakeMonitor):
    async with tab() as (tabs, call):
        await (await call(ChartsState.choose_range("7d")))
        await tabs.until(ChartsState, "range", lambda span: span == "7d")
    assert watched.looked_at == [{"1h"}]


async def test_a_tick_comes_once_with_each_refresh(watched: FakeMonitor):
    async with tab() as (tabs, call):
        await call(LiveState.follow())
        await tabs.until(ChartsState, "tick", lambda tick: tick)
        tabs.updates.clear()
        watched.publish(demo_bodies() | {"workers": {"queue_length": 99}})
        await tabs.until(LiveState, "beat", lambda beat: beat == watched.at)
        assert tabs.values(ChartsState, "tick") == [], "news between refreshes bring none"
        for _ in range(3):
            watched.refreshed(demo_bodies())
            await tabs.until(LiveState, "beat", lambda beat: beat == watched.at)
        ticks = tabs.values(ChartsState, "tick")
        assert [tick["at"] for tick in ticks] == [watched.at - 60, watched.at - 30, watched.at]


async def test_a_tick_holds_the_newest_points_of_every_chart_of_the_page(watched: FakeMonitor):
    for _ in range(3):
        watched.refreshed(demo_bodies())
    async with tab() as (tabs, call):
        await call(LiveState.follow())
        tick = await tabs.until(ChartsState, "tick", lambda tick: tick)
    charts = [chart for panel in panels_of(watched.hub.news.page) for chart in panel.charts]
    keys = {line.key for chart in charts for line in chart.lines}
    assert P95 in keys
    assert tick == watched.history.tick(keys, "1h", watched.at)
    newest = watched.at // 30 * 30
    assert [at for at, *_ in tick["series"][P95]] == [newest - 30, newest]


async def test_a_tick_is_one_of_the_range_that_is_looked_at(watched: FakeMonitor):
    async with tab() as (tabs, call):
        await call(LiveState.follow())
        await tabs.until_healthy()
        await (await call(ChartsState.choose_range("6h")))
        watched.refreshed(demo_bodies())
        tick = await tabs.until(ChartsState, "tick", lambda tick: tick.get("at") == watched.at)
        assert tick["range"] == "6h"
        assert tick["series"][P95] == watched.history.tick([P95], "6h", watched.at)["series"][P95]


async def test_a_paused_display_gets_no_tick_and_one_when_it_goes_on(watched: FakeMonitor):
    async with tab() as (tabs, call):
        await call(LiveState.follow())
        await tabs.until_healthy()
        await (await call(LiveState.set_auto_refresh(False)))
        tabs.updates.clear()
        for _ in range(3):
            watched.refreshed(demo_bodies())
            await tabs.until(LiveState, "beat", lambda beat: beat == watched.at)
        assert tabs.values(ChartsState, "tick") == []
        await (await call(LiveState.set_auto_refresh(True)))
        await tabs.until(ChartsState, "tick", lambda tick: tick["at"] == watched.at)
        assert len(tabs.values(ChartsState, "tick")) == 1


async def test_a_refresh_by_hand_gives_a_paused_display_its_tick(watched: FakeMonitor):
    async def refresh() -> None:
        watched.refreshed(watched.brings)

    watched.refresh = refresh
    async with tab() as (tabs, call):
        await call(LiveState.follow())
        await tabs.until_healthy()
        await (await call(LiveState.set_auto_refresh(False)))
        tabs.updates.clear()
        await (await call(LiveState.refresh_now()))
        await tabs.until(ChartsState, "tick", lambda tick: tick["at"] == watched.at)


def spike(watched: FakeMonitor) -> None:
    """Half an hour of calm, then p95 is out of the ordinary, and at last as usual."""
    bodies = demo_bodies()
    for p95 in [*[200] * 60, 300, 310, 200, 200, 200]:
        bodies["performance"]["api_response_time"]["p95"] = p95
        watched.refreshed(bodies)


async def test_what_was_out_of_the_ordinary_is_marked_on_its_line(watched: FakeMonitor):
    spike(watched)
    async with tab() as (tabs, call):
        await call(LiveState.follow())
        [mark] = await tabs.until(ChartsState, "marks", lambda marks: marks)
        assert (mark.key, mark.kind) == (P95, "anomaly")
        assert mark.label.startswith("p95 310 ms, usual 200 ms")
        assert watched.at - 180 < mark.at < mark.until < watched.at


async def test_a_longer_range_shows_older_marks_at_once(watched: FakeMonitor):
    spike(watched)
    watched.at += 4_000
    watched.refreshed(demo_bodies())
    async with tab() as (tabs, call):
        await call(LiveState.follow())
        await tabs.until(ChartsState, "tick", lambda tick: tick)
        assert [
            m for marks in tabs.values(ChartsState, "marks") for m in marks if m.key == P95 and m.until
        ] == []
        await (await call(ChartsState.choose_range("6h")))
        await tabs.until(
            ChartsState, "marks", lambda marks: any(m.label.startswith("p95 310") for m in marks)
        )


async def test_the_period_before_can_be_shown_and_hidden(watched: FakeMonitor):
    async with tab() as (tabs, call):
        await (await call(ChartsState.set_compare(True)))
        await tabs.until(ChartsState, "is_compared", lambda shown: shown is True)
        await (await call(ChartsState.set_compare(False)))
        assert tabs.values(ChartsState, "is_compared")[-1] is False
        assert tabs.values(ChartsState, "compare")[-1] == "off"


async def test_tab_is_told_at_once_of_a_restored_past(watched: FakeMonitor):
    async with tab() as (tabs, call):
        await call(LiveState.follow())
        await tabs.until_healthy()
        before = await tabs.until(ChartsState, "tick", lambda tick: tick)
        watched.history.adopt(Store())
        watched.publish({"cache": {}})
        tick = await tabs.until(ChartsState, "tick", lambda tick: tick.get("past") == 1)
        assert before["past"] == 0 and tick["at"] == watched.at
