import itertools
from collections.abc import Callable

import pytest

from ops_dashboard.monitor.contact import QUIET_SECONDS
from tests.unit.monitor.world import World

FAST = ("performance", "db_pool", "health", "workers")


def test_alert_critical_sources_are_read_every_second_while_they_are_cheap(settled: World):
    since = settled.now
    settled.run(20)
    assert settled.client.called(since) == set(FAST), "and no others between two refreshes"
    for name in FAST:
        times = settled.client.times(name, since)
        gaps = [b - a for a, b in itertools.pairwise(times)]
        assert len(times) >= 19 and max(gaps) < 1.1, name


def test_a_change_is_seen_within_a_second_or_so(settled: World):
    settled.run(5)
    settled.client.bodies["performance"] = {"error_rate": 12}
    since = settled.now
    settled.until(lambda: settled.hub.news.page.health.word == "Degraded", within=5)
    assert settled.now - since < 1.2
    assert settled.hub.news.page.health.reasons == "Error rate 12 %."


def test_a_call_that_became_dear_leaves_the_fast_lane(settled: World):
    settled.run(5)
    settled.client.latency["workers"] = 3.0
    since = settled.now
    settled.run(200)
    assert len(settled.client.times("workers", since)) <= 3, "and it was not one slow answer that decided"
    assert len(settled.client.times("performance", since)) > 180


@pytest.mark.parametrize("seconds", [0.25, 0.7, 3.0])
def test_one_slow_answer_leaves_the_fast_lane_as_it_is(settled: World, seconds: float):
    settled.client.latency |= {"health": 2.0, "workers": 3.0}
    settled.run(200)
    settled.client.latency["performance"] = seconds
    calls = len(settled.client.times("performance"))
    settled.until(lambda: len(settled.client.times("performance")) > calls, within=2)
    settled.client.latency["performance"] = 0.01
    settled.until(lambda: settled.source("performance").latency > 0.9 * seconds)
    settled.client.bodies["performance"] = {"error_rate": 12}
    since = settled.now
    settled.until(lambda: settled.hub.news.page.health.word == "Degraded", within=5)
    assert settled.now - since <= 1.15


def test_it_can_be_switched_off(make_world: Callable[..., World]):
    world = make_world(alert_seconds=0)
    world.start()
    world.until(lambda: world.snapshot.refreshed_at)
    since = world.now
    world.run(28)
    assert world.client.called(since) == {"ml_health"}, "and contact is looked after all the same"
    assert len(world.client.times("ml_health", since)) <= 28 / QUIET_SECONDS


def test_a_fast_call_costs_a_fifth_of_the_time_at_most(settled: World):
    settled.client.latency["db_pool"] = 0.19
    settled.run(2)
    since = settled.now
    settled.run(20)
    times = settled.client.times("db_pool", since)
    assert 10 < len(times) <= 20 and 0.19 * len(times) / 20 <= 1 / 5
