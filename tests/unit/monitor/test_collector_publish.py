import itertools
from collections.abc import Callable

import pytest

from ops_dashboard.backend.errors import BadStatus
from ops_dashboard.domain.views.figure import Figure
from ops_dashboard.domain.views.sources import SourceRow
from ops_dashboard.monitor.collector import HEARTBEAT_SECONDS, PUBLISH_GAP_SECONDS
from tests.unit.monitor.world import World


@pytest.fixture
def world(make_world: Callable[..., World]) -> World:
    """A collector whose every snapshot makes a page, as in the running dashboard."""
    return make_world(every_page=True)


def p95(value: float) -> dict[str, object]:
    return {"api_response_time": {"p95": value}, "error_rate": 0.5, "request_rate": 10}


def figure(world: World, key: str) -> Figure:
    return next(f for f in world.hub.news.page.key_metrics if f.key == key)


def row(world: World, name: str) -> SourceRow:
    return next(row for row in world.hub.news.page.sources.rows if row.name == name)


def shown(world: World) -> str:
    return figure(world, "performance.p95").text


def test_values_alone_from_the_fast_lane_wait_for_the_next_refresh(world: World):
    world.client.bodies["performance"] = p95(100)
    world.start()
    world.until(lambda: world.snapshot.refreshed_at)
    world.run(2)
    page, revision = world.hub.news.page, world.hub.news.revision
    world.client.bodies["performance"] = p95(120)
    world.run(12)
    assert revision < world.hub.news.revision <= revision + 2, "the page lives, without a push a second"
    assert world.hub.news.page == page, "nothing is sent for a value alone"
    assert world.hub.news.since(revision) == []
    world.run(30)
    assert shown(world) == "120"


def test_a_tone_that_changes_is_published_at_once(world: World):
    world.client.bodies["performance"] = p95(100)
    world.start()
    world.until(lambda: world.snapshot.refreshed_at)
    world.run(2)
    world.client.bodies["performance"] = p95(900)
    since = world.now
    world.until(lambda: shown(world) == "900", within=5)
    assert world.now - since < 1.2


def test_a_display_that_changes_is_published_at_once(world: World):
    world.client.bodies["performance"] = p95(100)
    world.start()
    world.until(lambda: world.snapshot.refreshed_at)
    world.run(2)
    world.client.bodies["performance"] = {}
    since = world.now
    rate = "performance.request_rate"
    world.until(lambda: figure(world, rate).display == "not_reported", within=5)
    assert world.now - since < 1.2


def test_a_module_that_falls_ill_is_published_at_once(world: World):
    world.client.bodies["health"] = {"status": "healthy", "modules": {"graph": {"status": "healthy"}}}
    world.start()
    world.until(lambda: world.snapshot.refreshed_at)
    world.run(2)
    world.client.bodies["health"] = {"status": "healthy", "modules": {"graph": {"status": "down"}}}
    since = world.now
    world.until(lambda: world.hub.news.page.health.word == "Degraded", within=5)
    assert world.now - since < 1.2


def test_a_failure_is_published_at_once(settled: World):
    settled.client.bodies["db_pool"] = lambda: BadStatus("failed", status=500)
    since = settled.now
    settled.until(lambda: row(settled, "db_pool").failures, within=5)
    assert settled.now - since < 1.3


def test_the_page_beats_even_when_nothing_happens(make_world: Callable[..., World]):
    world = make_world(refresh_seconds=3_600, alert_seconds=0)
    world.start()
    world.until(lambda: world.snapshot.refreshed_at)
    world.run(1)
    count = len(world.published)
    world.run(100)
    beats = world.published[count:]
    assert len(beats) == 10 and all(quiet for _, quiet in beats)
    gaps = [b.at - a.at for (a, _), (b, _) in itertools.pairwise(beats)]
    assert all(abs(gap - HEARTBEAT_SECONDS) < 0.01 for gap in gaps)


def test_answers_that_come_together_are_published_together(world: World):
    world.start()
    world.until(lambda: world.snapshot.refreshed_at)
    moments = [snapshot.at for snapshot, _ in world.published]
    assert all(b - a >= PUBLISH_GAP_SECONDS - 1e-6 for a, b in itertools.pairwise(moments))
    assert len(moments) < len(world.client.calls) / 3


def test_revisions_only_grow(settled: World):
    settled.run(60)
    revisions = [snapshot.revision for snapshot, _ in settled.published]
    assert revisions == sorted(set(revisions))


def test_it_sleeps_while_calls_are_under_way(make_world: Callable[..., World]):
    world = make_world(alert_seconds=0)
    world.client.latency = {"health": 8.0, "workers": 8.0}
    world.start()
    world.until(lambda: "health" in world.client.in_flight)
    assert_asleep(world, 5)
    assert world.client.in_flight == ["health"], "and the other slow call is still waiting"


def test_it_sleeps_while_a_refresh_takes_longer_than_its_interval(make_world: Callable[..., World]):
    world = make_world(refresh_seconds=5, alert_seconds=0)
    world.client.latency = dict.fromkeys(world.snapshot.sources, 30.0)
    world.start()
    world.run(7)
    assert world.snapshot.refreshing
    assert_asleep(world, 5)


def assert_asleep(world: World, seconds: float) -> None:
    """The collector hardly looks at the clock: what is due waits for a call to end, not for time to pass."""
    asked = world.clock.asked
    world.run(seconds)
    assert world.clock.asked - asked < 10 * seconds
