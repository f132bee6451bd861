from ops_dashboard.backend.errors import BadStatus
from ops_dashboard.domain.metrics.health import HealthReport
from tests.unit.monitor.world import World

REPORTED = {"status": "healthy", "modules": {"graph": {"status": "healthy"}, "search": {"status": "healthy"}}}
WHY = "the backend's health answer already reports this module"


def test_a_module_that_the_health_answer_reports_is_not_asked_for_itself(world: World):
    world.client.bodies["health"] = REPORTED
    world.start()
    world.until(lambda: world.snapshot.refreshed_at)
    since = world.now
    assert world.source("module_health.graph").spared == WHY
    world.run(120)
    assert not {"module_health.graph", "module_health.search"} & world.client.called(since)


def test_one_that_is_no_longer_reported_is_asked_again(world: World):
    world.client.bodies["health"] = REPORTED
    world.start()
    world.until(lambda: world.snapshot.refreshed_at)
    world.client.bodies["health"] = {"status": "healthy", "modules": {"graph": {"status": "healthy"}}}
    world.until(lambda: not world.source("module_health.search").spared)
    since = world.now
    world.run(31)
    assert {n for n in world.client.called(since) if "module" in n} == {"module_health.search"}


def test_a_failing_module_call_ends_with_being_spared(world: World):
    world.client.bodies["module_health.graph"] = lambda: BadStatus("failed", status=500)
    world.client.bodies["health"] = REPORTED
    world.start()
    world.until(lambda: world.source("module_health.graph").spared)
    since = world.now
    state = world.source("module_health.graph")
    assert (state.failures, state.reason, state.next_retry_at) == (0, "", 0.0)
    world.run(100)
    assert "module_health.graph" not in world.client.called(since)


def test_a_module_call_under_way_while_it_is_spared_is_the_last(world: World):
    world.client.bodies["module_health.graph"] = lambda: BadStatus("failed", status=500)
    world.client.latency["module_health.graph"] = 5.0
    world.start()
    world.until(lambda: "module_health.graph" in world.client.in_flight)
    world.client.bodies["health"] = REPORTED
    world.collector._spare_modules(HealthReport.model_validate(REPORTED))
    since = world.now + 0.001
    world.run(29)
    assert "module_health.graph" not in world.client.called(since)


def test_a_health_answer_without_modules_leaves_the_module_calls_in_place(settled: World):
    since = settled.now
    settled.run(31)
    assert {"module_health.graph", "module_health.search"} <= settled.client.called(since)
