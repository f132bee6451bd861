"""The dashboard is never the load: what is read seldom, what brings it forward, and what is left out."""

import itertools
from collections.abc import Callable

from ops_dashboard.backend.errors import NotOffered
from ops_dashboard.backend.sources import INGESTION_HEALTH, ROOT_HEALTH
from ops_dashboard.monitor.contact import QUIET_SECONDS
from tests.unit.monitor.world import World

UNCHECKED = {"health": {"status": "healthy", "message": "Module operational (no health check registered)"}}
NEED_CONNECTION = {"health", "database", "user_engagement.1h", INGESTION_HEALTH}


def real(world: World) -> None:
    """The calls of a backend whose event loop two of them hold up."""
    world.client.latency |= {"health": 2.0, "workers": 3.0}
    world.client.bodies |= {f"module_health.{m}": UNCHECKED for m in ("graph", "search")}
    world.client.bodies["db_pool"] = {"utilization": 10}
    world.start()


def pool(world: World, percent: float) -> None:
    world.client.bodies["db_pool"] = {"utilization": percent}
    world.run(2)


def test_dear_calls_take_two_percent_and_say_when_they_come(world: World):
    real(world)
    world.run(1_500)
    dear = [(b, e) for b, e, _ in world.client.spans if e - b >= 0.2]
    for began, _ in dear:
        assert sum(e - b for b, e in dear if began <= b < began + 300) <= 6
    health = world.source("health")
    assert health.dear_seconds == 2 and 290 < health.interval < 320
    assert world.snapshot.display("health") == "value" == world.snapshot.display("workers")
    seen, due = len(world.client.times("health")), health.next_read_at
    world.until(lambda: len(world.client.times("health")) > seen, within=320)
    assert abs(due - world.snapshot.at) < 3


def test_modules_without_a_check_are_asked_every_ten_minutes(world: World):
    real(world)
    world.run(1_500)
    gaps = [b - a for a, b in itertools.pairwise(world.client.times("module_health.graph"))]
    assert gaps and all(600 <= gap < 640 for gap in gaps)
    assert world.snapshot.display("module_health.graph") == "value"


def test_a_change_of_a_cheap_signal_brings_health_forward(world: World):
    real(world)
    world.client.bodies[INGESTION_HEALTH] = {"status": "healthy", "services": {"redis": "healthy"}}
    world.run(640)
    world.client.bodies[INGESTION_HEALTH] = {"status": "unhealthy", "services": {"redis": "unhealthy: gone"}}
    planned, since = world.source("workers").next_read_at, world.now
    world.until(lambda: world.client.called(since) & {"health", "workers"}, within=320)
    assert world.snapshot.at <= planned + 1
    spent = [e - b for b, e, _ in world.client.spans if e - b >= 0.2 and b > since - 300]
    assert sum(spent) <= 6


def test_a_panel_that_is_looked_at_is_read_before_the_others(world: World):
    real(world)
    world.run(350)
    since = world.now
    world.collector.look_at(["workers"])
    assert world.source("workers").next_read_at < world.source("health").next_read_at
    world.until(lambda: world.client.called(since) & {"health", "workers"}, within=320)
    assert "workers" in world.client.called(since)


def test_looking_without_end_and_refreshing_costs_nothing(world: World):
    real(world)
    for _ in range(200):
        world.run(5)
        world.collector.look_at(["workers", "health"])
        world.start(world.collector.refresh())
    dear = [(b, e) for b, e, _ in world.client.spans if e - b >= 0.2]
    for began, _ in dear:
        assert sum(e - b for b, e in dear if began <= b < began + 300) <= 6
    assert len(world.client.times("health")) >= 3 <= len(world.client.times("workers"))


def test_a_full_pool_leaves_out_what_needs_a_connection(settled: World):
    pool(settled, 95)
    since = settled.now
    settled.run(100)
    assert not settled.client.called(since) & NEED_CONNECTION
    assert len(settled.client.times("db_pool", since)) > 90
    assert settled.source("database").left_out == "not read while the connection pool is 95 % used"
    pool(settled, 85)
    assert "85 %" in settled.source("database").left_out, "there is not yet room enough"
    since = settled.now
    settled.run(61)
    assert not settled.client.called(since) & NEED_CONNECTION
    pool(settled, 75)
    assert not settled.source("database").left_out
    settled.until(lambda: settled.client.called(since) >= NEED_CONNECTION, within=40)


def test_after_a_full_pool_they_rest_for_a_minute(settled: World):
    pool(settled, 100)
    pool(settled, 10)
    since = settled.now
    settled.run(56)
    assert not settled.client.called(since) & NEED_CONNECTION
    settled.until(lambda: settled.client.called(since) >= NEED_CONNECTION, within=40)


def test_one_slow_connection_spares_the_backend_the_others(settled: World):
    settled.run(60)
    settled.client.latency |= dict.fromkeys(NEED_CONNECTION, 20.0)
    settled.until(lambda: settled.source("health").left_out, within=60)
    held = [s for s in settled.client.spans if s[2] in NEED_CONNECTION and s[1] - s[0] > 1]
    assert len(held) == 1
    assert "far longer than usual" in settled.source("health").left_out
    since = settled.now
    settled.run(55)
    assert not settled.client.called(since) & NEED_CONNECTION


def test_the_pool_is_not_read_beside_a_call_that_needs_it(world: World):
    real(world)
    world.run(700)
    held = [(b, e) for b, e, name in world.client.spans if name in NEED_CONNECTION]
    for at in world.client.times("db_pool"):
        assert not any(b <= at < e + 0.2 for b, e in held)


def test_contact_and_modules_are_read_by_what_is_offered(world: World):
    world.client.bodies["openapi"] = {
        "paths": {"/health": {"get": {}}, "/api/search/search/health": {"get": {"security": []}}}
    }
    world.start()
    world.run(40)
    assert not world.source(ROOT_HEALTH).spared and world.source(ROOT_HEALTH).received_at
    assert world.client.times("GET /api/search/search/health")
    assert not world.source("module_health.search").failures


def test_a_listed_check_that_is_missing_is_left_for_good(world: World):
    check = "GET /api/search/search/health"
    world.client.bodies["openapi"] = {"paths": {"/api/search/search/health": {"get": {}}}}
    world.client.bodies[check] = NotOffered("answered HTTP 404", status=404)
    world.client.bodies["module_health.search"] = {"status": "healthy"}
    world.start()
    world.run(700)
    assert len(world.client.times(check)) == 1
    assert not world.source("module_health.search").failures
    assert world.source("module_health.search").received_at


def test_a_hanging_source_delays_no_other(settled: World):
    settled.client.latency["events"] = 60.0
    since = settled.now
    settled.run(300)
    for name in ("cache", "jobs", "model_health"):
        gaps = [b - a for a, b in itertools.pairwise(settled.client.times(name, since))]
        assert len(gaps) >= 8 and max(gaps) < 31, name
    lane = [b - a for a, b in itertools.pairwise(settled.client.times("performance", since))]
    assert max(lane) < 1.3


def test_a_hang_of_everything_is_said_within_ten_seconds(world: World):
    world.collector._watch = world.collector._watch.__class__("backend", (), 30, 1, timeout_seconds=120)
    real(world)
    world.run(400)
    world.client.latency = dict.fromkeys(world.snapshot.sources, 600.0)
    since = world.now
    world.until(lambda: world.published[-1][0].contact.lost, within=12)
    assert world.now - since <= 10
    world.client.latency = {}
    world.until(lambda: not world.snapshot.contact.lost, within=16)
    world.run(5)
    assert world.snapshot.display("events") == "value"


def test_a_hang_is_said_without_a_fast_lane(make_world: Callable[..., World]):
    world = make_world(alert_seconds=0)
    world.start()
    world.run(40)
    world.client.latency = dict.fromkeys(world.snapshot.sources, 600.0)
    since = world.now
    world.until(lambda: world.snapshot.contact.lost, within=12)
    assert QUIET_SECONDS < world.now - since <= 10


def test_our_own_dear_call_is_no_lost_contact(world: World):
    """It holds everything up for longer than contact may be silent."""
    hold = dict.fromkeys(world.snapshot.sources, 0.01) | {"health": 9.6}
    world.client.latency = hold
    world.start()
    world.until(lambda: "health" in world.client.in_flight)
    world.client.latency = dict.fromkeys(hold, 9.0)
    world.run(9.3)
    world.client.latency = hold
    world.run(30)
    assert not any(snapshot.contact.lost for snapshot, _ in world.published)
