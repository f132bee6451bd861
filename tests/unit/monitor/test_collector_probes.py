from ops_dashboard.backend.errors import BadStatus, NotOffered, Unreachable
from tests.unit.monitor.world import World


def test_own_response_times_are_measured_from_the_start(settled: World):
    settled.run(60)
    probes = settled.snapshot.probes
    assert probes.calls >= 20 and probes.p50 is not None and 9 < probes.p50 < 12
    assert probes.error_rate == 0


def test_a_backend_that_became_slow_shows_slow_percentiles(world: World):
    world.client.latency = dict.fromkeys(world.snapshot.sources, 0.18)
    world.start()
    world.run(200)
    probes = world.snapshot.probes
    assert probes.p95 is not None and probes.p95 > 170


def test_calls_that_are_slow_by_nature_are_no_measure_of_the_others(world: World):
    world.client.latency = {"health": 6.0, "workers": 6.0}
    world.start()
    world.run(250)
    probes = world.snapshot.probes
    assert probes.p99 is not None and probes.p99 < 50


def test_calls_beside_a_slow_one_are_no_measure(world: World):
    world.client.latency = {"health": 6.0, "workers": 6.0}
    world.client.latency["performance"] = 0.01
    world.start()
    world.until(lambda: "health" in world.client.in_flight)
    world.client.latency["performance"] = world.client.latency["db_pool"] = 2.0  # it blocks everything
    world.until(lambda: "health" not in world.client.in_flight)
    world.client.latency["performance"] = world.client.latency["db_pool"] = 0.01
    world.run(60)
    assert (world.snapshot.probes.p99 or 0) < 1_000


def test_failures_are_counted_as_a_share_of_all_calls(settled: World):
    settled.client.bodies["events"] = lambda: BadStatus("failed", status=500)
    settled.run(60)
    rate = settled.snapshot.probes.error_rate
    assert rate is not None and 0 < rate < 15


def test_a_call_that_keeps_failing_counts_once(settled: World):
    settled.run(30)
    calls = settled.snapshot.probes.calls
    settled.client.bodies["events"] = lambda: BadStatus("failed", status=500)
    settled.run(200)
    probes = settled.snapshot.probes
    assert settled.source("events").failures > 3
    assert probes.calls > calls
    assert probes.error_rate is not None
    assert round(probes.error_rate * probes.calls / 100) == 1


def test_what_is_not_offered_is_no_failure(settled: World):
    settled.client.bodies["events"] = lambda: NotOffered("does not offer this call", status=404)
    settled.run(60)
    assert settled.snapshot.probes.error_rate == 0


def test_a_modules_response_time_is_that_of_a_call_beside_which_no_slow_one_ran(settled: World):
    settled.run(31)
    assert (
        settled.source("module_health.graph").clean_latency == settled.source("module_health.graph").latency
    )


def test_the_openapi_document_is_no_measure(world: World):
    world.client.latency = {"openapi": 4.0}
    world.start()
    world.run(120)
    probes = world.snapshot.probes
    assert probes.p99 is not None and probes.p99 < 50


def test_calls_lost_in_an_outage_are_no_failures(settled: World):
    settled.run(60)
    names = list(settled.snapshot.sources)
    known = dict(settled.client.bodies)
    for name in names:
        settled.client.bodies[name] = lambda: Unreachable("refused the connection")
    settled.run(30)
    assert settled.snapshot.contact.lost
    settled.client.bodies.clear()
    settled.client.bodies.update(known)
    settled.run(60)
    assert not settled.snapshot.contact.lost
    assert settled.snapshot.probes.error_rate == 0
