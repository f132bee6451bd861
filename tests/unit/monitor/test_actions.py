"""Clearing the cache: sent once, however many ask; told to all, and never beside more calls than are allowed."""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

import pytest

from ops_dashboard.backend.errors import BackendError, BadStatus, TimedOut, Unauthorized, Unreachable
from ops_dashboard.backend.sources import SOURCES
from ops_dashboard.domain.actions import CLEARING
from ops_dashboard.domain.views.action import NOT_KNOWN_YET, OUT_OF_REACH, ActionView
from ops_dashboard.monitor.actions import ROOM_SECONDS, Asked
from tests.unit.monitor.world import REFUSED, World

CALL = "POST /api/monitoring/cache/clear"
OFFERED = {"paths": {"/api/monitoring/cache/clear": {"post": {}}}}
SENT = Asked(True)


@pytest.fixture
def able(world: World) -> World:
    """A collector after its first refresh of a backend that can clear its cache."""
    world.client.bodies |= {"openapi": OFFERED, CALL: {"cleared_keys": 12}, "cache": {"hit_rate": 90}}
    world.start()
    world.until(lambda: world.snapshot.refreshed_at)
    return world


def shown(world: World) -> ActionView:
    """What every tab is shown."""
    return world.hub.news.page.cache.clear


def ask(world: World, by: str = "ana", after: int | None = None) -> asyncio.Task[Asked]:
    return world.loop.create_task(world.actions.clear_cache(by, after))


def cleared(world: World, *asking: Coroutine[Any, Any, Asked]) -> list[Asked]:
    """What these askers are told, who ask at once."""

    async def together() -> list[Asked]:
        return list(await asyncio.gather(*asking))

    return world.loop.run_until_complete(together())


def test_it_is_sent_once_and_every_tab_is_told(able: World):
    asked = ask(able)
    able.run(0.5)
    assert asked.result() == SENT
    assert len(able.client.times(CALL)) == 1
    view = shown(able)
    assert (view.state, view.sentence, view.by, view.number) == ("done", "12 keys cleared.", "ana", 1)
    assert abs(view.at - able.snapshot.at) < 1


def test_while_it_runs_every_tab_sees_so(able: World):
    able.client.latency[CALL] = 3
    ask(able)
    able.run(0.5)
    assert (shown(able).state, shown(able).by) == ("running", "ana")
    able.run(3)
    assert shown(able).state == "done"


def test_of_two_who_ask_at_once_one_is_sent_and_the_other_told_so(able: World):
    told = cleared(able, able.actions.clear_cache("ana"), able.actions.clear_cache("ben"))
    assert told == [SENT, Asked(False, CLEARING.already)]
    assert len(able.client.times(CALL)) == 1


def test_who_does_not_know_of_the_last_run_is_told_of_it_instead(able: World):
    cleared(able, able.actions.clear_cache("ana", 0))
    assert cleared(able, able.actions.clear_cache("ben", 0)) == [Asked(False, CLEARING.meanwhile)]
    assert len(able.client.times(CALL)) == 1
    assert cleared(able, able.actions.clear_cache("ben", 1)) == [SENT]
    assert len(able.client.times(CALL)) == 2


def test_the_cache_is_read_again_at_once_and_shown(able: World):
    able.client.bodies["cache"] = {"hit_rate": 3}
    cleared(able, able.actions.clear_cache("ana"))
    ended = able.now
    able.until(lambda: able.client.times("cache", ended), within=0.1)
    able.run(0.3)
    assert able.hub.news.page.cache.figures[0].text == "3"
    assert not able.snapshot.refreshing


def test_a_read_under_way_is_followed_by_another(able: World):
    able.client.latency["cache"] = 2
    able.collector.read_again("cache")
    able.run(0.1)
    cleared(able, able.actions.clear_cache("ana"))
    ended = able.now
    able.until(lambda: able.client.times("cache", ended), within=2.1)


@pytest.mark.parametrize(
    ("failure", "state", "advice"),
    [
        (Unauthorized("refused the token", status=401), "failed", "Nothing was cleared. Check the token"),
        (BadStatus("did not accept", status=409), "failed", "Nothing was cleared. You may try again."),
        (Unreachable("refused the connection"), "failed", "Nothing was cleared."),
        (TimedOut("gave no answer within 15 s", outcome_unknown=True), "unknown", "Clear it again only if"),
        (RuntimeError("a bug"), "unknown", "Clear it again only if"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
def test_a_failure_is_told_to_all_and_nothing_is_repeated(
    able: World, failure: Exception, state: str, advice: str
):
    able.client.bodies[CALL] = failure
    assert cleared(able, able.actions.clear_cache("ana")) == [SENT]
    able.run(30)
    assert len(able.client.times(CALL)) == 1
    assert shown(able).state == state
    assert advice in shown(able).advice
    if isinstance(failure, BackendError):
        assert failure.sentence in shown(able).sentence
    else:
        assert "a bug" not in shown(able).sentence


def test_after_a_failure_it_can_be_asked_for_again(able: World):
    able.client.bodies[CALL] = BadStatus("did not accept", status=409)
    cleared(able, able.actions.clear_cache("ana"))
    able.client.bodies[CALL] = {}
    cleared(able, able.actions.clear_cache("ana"))
    able.run(0.2)
    assert (shown(able).state, shown(able).number) == ("done", 2)


def test_nothing_is_sent_to_a_backend_that_cannot(settled: World):
    why = settled.snapshot.sources and shown(settled).barred
    assert "list of calls could not be read" in str(why)
    assert cleared(settled, settled.actions.clear_cache("ana")) == [Asked(False, str(why))]
    settled.client.bodies["openapi"] = {"paths": {"/x": {"get": {}}}}
    settled.collector.read_again("openapi")
    settled.run(0.5)
    assert shown(settled).barred == "This backend has no call to clear the cache."
    told = cleared(settled, settled.actions.clear_cache("ana"))
    assert told == [Asked(False, "This backend has no call to clear the cache.")]
    assert not settled.client.times(CALL)


def test_nothing_is_sent_before_anything_is_known_nor_out_of_reach(able: World, make_world: Any):
    fresh = make_world()
    assert cleared(fresh, fresh.actions.clear_cache("ana")) == [Asked(False, NOT_KNOWN_YET)]
    able.client.everything = REFUSED
    able.until(lambda: able.snapshot.contact.lost)
    assert cleared(able, able.actions.clear_cache("ana")) == [Asked(False, OUT_OF_REACH)]
    assert not able.client.times(CALL) and not fresh.client.times(CALL)


def test_it_never_makes_more_calls_than_are_allowed_and_waits_for_one_read_at_most(able: World):
    able.client.latency = {source.name: 0.9 for source in SOURCES} | {"health": 6.0, CALL: 0.5}
    able.until(lambda: len(able.client.in_flight) == 2, within=120)
    began = able.now
    asked = ask(able)
    able.until(asked.done)
    (sent,) = able.client.times(CALL)
    assert sent - began <= 0.9 + 0.02
    able.run(60)
    assert able.client.most_in_flight == 2


def test_reads_go_on_beside_a_long_action(able: World):
    able.client.latency[CALL] = 600
    ask(able)
    began = able.now
    able.run(100)
    assert {"health", "cache", "workers"} <= able.client.called(began + 1)
    assert able.client.most_in_flight == 2
    assert len(able.client.times("events", began)) >= 3


def test_where_no_call_ends_in_time_nothing_is_sent(able: World):
    async def other_action() -> None:
        async with able.collector.room.place(1):
            await asyncio.sleep(60)

    for _ in range(2):
        able.start(other_action())
    able.run(1)
    asked = ask(able)
    able.until(asked.done, within=ROOM_SECONDS + 1)
    assert not able.client.times(CALL)
    assert (shown(able).state, shown(able).advice) == (
        "failed",
        "Nothing was cleared. Try again in a moment.",
    )


def test_an_asker_who_leaves_breaks_nothing_off(able: World):
    able.client.latency[CALL] = 2
    asked = ask(able)
    able.run(0.5)
    asked.cancel()
    able.run(3)
    assert asked.cancelled()
    assert shown(able).state == "done"


def test_at_the_end_of_the_process_what_is_under_way_is_broken_off_and_not_called_done(
    able: World, caplog: pytest.LogCaptureFixture
):
    able.client.latency[CALL] = 600
    asked = ask(able)
    able.run(0.5)
    with caplog.at_level(logging.INFO, "ops_dashboard.monitor.actions"):
        able.loop.run_until_complete(able.actions.close())
    assert "outcome=unknown" in caplog.text
    able.run(0.2)
    assert asked.cancelled()


def test_each_action_is_one_line_of_the_log_whether_sent_or_not(
    able: World, caplog: pytest.LogCaptureFixture
):
    with caplog.at_level(logging.INFO, "ops_dashboard.monitor.actions"):
        cleared(able, able.actions.clear_cache("ana\nevent=forged"), able.actions.clear_cache("ben"))
    lines = [record.getMessage() for record in caplog.records]
    assert sorted(line.split("outcome=")[1].split()[0] for line in lines) == ["done", "not-sent"]
    assert all(line.startswith("event=action action=clear_cache target='' by=") for line in lines)
    assert all("\n" not in line for line in lines)
    assert any("by='ana event=forged'" in line and "'12 keys cleared.'" in line for line in lines)
