import logging

import pytest

from ops_dashboard.domain.snapshot import Snapshot
from ops_dashboard.monitor.supervise import supervise
from tests.unit.monitor.world import World


def test_an_unforeseen_error_of_one_call_is_logged_and_kills_nothing(
    settled: World, caplog: pytest.LogCaptureFixture
):
    settled.client.bodies["cache"] = lambda: ZeroDivisionError("a bug")
    with caplog.at_level(logging.ERROR):
        settled.until(lambda: settled.source("cache").failures)
    assert "event=unforeseen source=cache" in caplog.text and "ZeroDivisionError" in caplog.text
    assert settled.source("cache").reason == "could not be read: an error in this dashboard; see its log"
    since = settled.now
    settled.run(31)
    assert settled.source("events").received_at > settled.snapshot.at - 31
    assert "cache" in settled.client.called(since), "it is tried again"


class Breakable:
    """Publishing that breaks as long as it is told to."""

    def __init__(self, world: World) -> None:
        self.broken = False
        self._publish = world.collector._publish
        world.collector._publish = self

    def __call__(self, snapshot: Snapshot, quiet: bool) -> None:
        if self.broken:
            raise RuntimeError("cannot publish")
        self._publish(snapshot, quiet)


def test_after_a_crash_it_is_run_again_and_nothing_known_is_lost(world: World):
    publishing = Breakable(world)
    world.client.bodies["events"] = {"events_emitted": 5}
    world.start(supervise("collector", world.collector.run))
    world.until(lambda: world.snapshot.refreshed_at)
    publishing.broken = True
    world.run(5)
    value = world.source("events").value
    publishing.broken = False
    count = len(world.published)
    world.until(lambda: len(world.published) > count, within=31)
    assert world.source("events").value is value and value is not None
    since = world.now
    world.run(31)
    assert {"performance", "events", "health"} <= world.client.called(since), "everything goes on"


def test_what_was_cut_off_by_a_crash_is_asked_again(world: World):
    publishing = Breakable(world)
    world.client.latency["performance"] = 0.15
    world.client.latency["db_pool"] = 0.15
    publishing.broken = True
    crashed = world.start()
    world.until(crashed.done)
    assert isinstance(crashed.exception(), RuntimeError | ExceptionGroup)
    publishing.broken = False
    world.start()
    world.until(lambda: world.snapshot.refreshed_at, within=5)
    assert world.source("performance").received_at and world.source("db_pool").received_at


def test_who_waits_for_a_refresh_is_not_left_waiting_by_a_crash(world: World):
    publishing = Breakable(world)
    world.client.latency["events"] = 3.0
    world.start(supervise("collector", world.collector.run))
    world.run(1)
    asked = world.start(world.collector.refresh())
    publishing.broken = True
    world.run(2)
    publishing.broken = False
    world.until(asked.done, within=40)
    assert asked.exception() is None


def test_news_that_could_not_be_published_is_published_later(world: World):
    publishing = Breakable(world)
    world.start(supervise("collector", world.collector.run))
    world.until(lambda: world.snapshot.refreshed_at)
    world.run(1)
    publishing.broken = True
    world.client.bodies["performance"] = {"error_rate": 50}
    world.run(2)
    publishing.broken = False
    world.until(lambda: world.hub.news.page.health.word == "Degraded", within=40)


def test_it_ends_when_it_is_cancelled(settled: World):
    task = settled.start()
    settled.run(0.001)
    task.cancel()
    settled.until(task.done)
    assert task.cancelled() and not settled.client.in_flight
