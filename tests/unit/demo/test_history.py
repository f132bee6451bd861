"""The prefilled past."""

from itertools import pairwise

import pytest

from ops_dashboard.demo.history import METRICS, past
from ops_dashboard.demo.simulation import Simulation
from tests.unit.demo.conftest import START, Clock, Demo


async def test_the_past_is_what_the_calls_would_have_answered(demo: Demo) -> None:
    point = past(demo.simulation, METRICS, 1 / 3600, every=1)
    # The clock of the demo does not run backwards, so the same moment is asked of a younger twin.
    live = [(at, demo.simulation.readings(at)) for at in (START - 1, START)]
    assert point["performance.p95"] == [(at, round(now.response.p95, 3)) for at, now in live]
    assert point["workers.queue_length"] == [(at, now.queue_length) for at, now in live]


async def test_past_and_live_values_join_without_a_step(demo: Demo) -> None:
    series = past(demo.simulation, METRICS, 0.1, every=1)
    performance = await demo.body("/api/monitoring/performance")
    workers = await demo.body("/api/monitoring/workers/status")
    health = await demo.body("/api/monitoring/health")
    database = await demo.body("/api/monitoring/database")
    cache = await demo.body("/api/monitoring/cache/stats")
    live = {
        "performance.p95": performance["api_response_time"]["p95"],
        "performance.error_rate": performance["error_rate"],
        "performance.request_rate": performance["request_rate"],
        "workers.queue_length": workers["queue_length"],
        "modules.search.response_time_ms": health["modules"]["search"]["response_time_ms"],
        "db_pool.utilization": database["connection_pool"]["utilization"],
        "cache.hit_rate": cache["hit_rate"],
    }
    for name, value in live.items():
        assert series[name][-1][1] == pytest.approx(value, rel=0.02, abs=2.6), name


def test_it_gets_coarser_with_age_and_ends_at_the_start() -> None:
    times = [t for t, _ in past(Simulation(clock=Clock()), ["performance.p95"], 168)["performance.p95"]]
    gaps = [b - a for a, b in pairwise(times)]
    assert times[-1] == START
    assert times[0] >= START - 168 * 3_600
    assert gaps == sorted(gaps, reverse=True)
    assert set(gaps) == {30.0, 60.0, 300.0, 1_800.0}


@pytest.mark.parametrize("seed", [1, 7, 99])
def test_a_week_of_past_holds_incidents_but_the_hour_before_the_start_is_calm(seed: int) -> None:
    series = past(Simulation(seed=seed, clock=Clock()), ["performance.error_rate"], 168, every=60)
    values = series["performance.error_rate"]
    assert max(value for _, value in values) > 3
    assert all(value < 1 for _, value in values[-60:])


def test_an_incident_that_lasts_shows_its_onset_in_the_past() -> None:
    made = Simulation(scenario="incident", clock=Clock())
    values = [v for _, v in past(made, ["performance.error_rate"], 1)["performance.error_rate"]]
    assert values[0] < 1 and values[-1] > 9


def test_a_fresh_system_has_no_past() -> None:
    assert past(Simulation(scenario="empty", clock=Clock()), ["cache.hit_rate"], 24) == {"cache.hit_rate": []}


def test_it_refuses_a_metric_without_a_past() -> None:
    with pytest.raises(ValueError, match=r"There is no past for: performance\.mood"):
        past(Simulation(clock=Clock()), ["performance.p95", "performance.mood"], 1)
