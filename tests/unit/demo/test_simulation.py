"""The simulated system itself: determinism, consistency, the course of each scenario."""

import math
from itertools import pairwise

import pytest

from ops_dashboard.demo.noise import Noise
from ops_dashboard.demo.rates import BUCKETS, EVENT_TYPES, STATUSES
from ops_dashboard.demo.readings import daily_load
from ops_dashboard.demo.simulation import Simulation
from tests.unit.demo.conftest import START, Clock


def simulation(scenario: str = "healthy", seed: int = 7, speed: float = 1.0) -> tuple[Simulation, Clock]:
    clock = Clock()
    return Simulation(seed=seed, scenario=scenario, clock=clock, speed=speed), clock


def course(seed: int, moments: list[float]) -> list[object]:
    made, clock = simulation("lively", seed)
    seen: list[object] = []
    for after in moments:
        clock.now = START + after
        now = made.readings(clock.now)
        jobs = [(job.job_id, job.status, job.finished_at) for job in made.jobs.newest_first(clock.now)]
        seen.append((now.response.percentiles(), now.queue_length, made.counted("status/200"), jobs))
    return seen


def test_the_same_seed_gives_the_same_course() -> None:
    assert course(7, [0, 40, 200]) == course(7, [0, 40, 200])


def test_another_seed_gives_another_course() -> None:
    assert course(7, [40]) != course(8, [40])


def test_the_course_does_not_depend_on_how_often_anybody_looks() -> None:
    assert course(7, list(range(0, 601, 3)))[-1] == course(7, [600])[-1]


def test_noise_is_smooth_and_bounded() -> None:
    noise = Noise(3)
    curve = [noise.wander("key", START + second) for second in range(3_600)]
    assert max(map(abs, curve)) <= 1.0
    assert max(curve) - min(curve) > 0.2
    assert max(abs(b - a) for a, b in pairwise(curve)) < 0.05


def test_the_load_peaks_in_the_middle_of_the_utc_day() -> None:
    midnight = START - START % 86_400
    assert max(range(24), key=lambda hour: daily_load(midnight + hour * 3_600)) == 13
    assert min(range(24), key=lambda hour: daily_load(midnight + hour * 3_600)) == 1


@pytest.mark.parametrize("hours", range(0, 24, 2))
def test_a_healthy_system_stays_within_its_everyday_range(hours: int) -> None:
    made, _ = simulation()
    now = made.readings(START + hours * 3_600)
    assert 180 <= now.response.p95 <= 240
    assert now.response.p50 < now.response.p95 < now.response.p99
    assert 19 <= now.request_rate <= 45
    assert 0.3 <= now.error_rate <= 0.6
    assert 35 <= now.pool_utilization <= 55
    assert 88 <= now.cache_hit_rate <= 93
    assert 0.7 <= now.event_latency.p95 <= 0.9
    assert 0 <= now.queue_length < 25
    assert now.pool_active + now.pool_idle <= now.pool_max


def test_the_lively_scenario_suffers_recovers_and_suffers_again() -> None:
    made, _ = simulation("lively")
    calm, queueing, worst, recovered, again = (made.readings(START + s) for s in (10, 36, 90, 240, 450))
    assert calm.error_rate < 1 and calm.response.p95 < 260 and calm.queue_length < 25
    assert 7.5 < worst.error_rate < 10 and 700 < worst.response.p95 < 900
    assert calm.queue_length < queueing.queue_length < worst.queue_length
    assert worst.queue_length > 100
    assert worst.module_status("search") == "degraded"
    assert recovered.error_rate < 1 and recovered.module_status("search") == "healthy"
    assert again.error_rate > 7.5


def test_the_first_lively_incident_shows_within_a_minute() -> None:
    made, _ = simulation("lively")
    assert any(made.readings(START + s).error_rate > 5 for s in range(60))


def test_speed_quickens_the_incidents_but_not_the_clock() -> None:
    made, clock = simulation("lively", speed=5.0)
    assert made.readings(START + 10).error_rate > 5
    clock.now = START + 10
    assert made.now == START + 10


@pytest.mark.parametrize(("scenario", "low", "high"), [("degraded", 2, 5), ("incident", 10, 14)])
def test_lasting_trouble_holds_from_the_start(scenario: str, low: float, high: float) -> None:
    made, _ = simulation(scenario)
    assert all(low < made.readings(START + s).error_rate < high for s in (0, 60, 3_600))


def test_a_change_of_scenario_does_not_rewrite_what_was() -> None:
    made, clock = simulation("healthy")
    clock.now = START + 100
    before = made.readings(START + 50).error_rate
    made.scenario = "incident"
    assert made.readings(START + 50).error_rate == before
    assert made.readings(START + 100).error_rate > 8


def test_it_refuses_an_unknown_scenario() -> None:
    with pytest.raises(ValueError, match="There is no scenario 'nirvana'; there are: lively"):
        simulation("nirvana")
    made, _ = simulation()
    with pytest.raises(ValueError, match="nirvana"):
        made.scenario = "nirvana"
    assert made.scenario == "healthy"


@pytest.mark.parametrize(
    "name",
    [
        *(f"status/{s}" for s in STATUSES),
        *(f"le/{e}" for e in BUCKETS),
        *(f"event/{e}" for e in EVENT_TYPES),
        "tasks",
    ],
)
def test_counters_only_grow(name: str) -> None:
    made, clock = simulation("lively")
    values = []
    for second in range(0, 200, 3):
        clock.now = START + second
        values.append(made.counted(name))
    assert values == sorted(values)
    assert values[-1] > values[0]


def test_counters_grow_at_the_rates_the_gauges_show() -> None:
    made, clock = simulation("lively")
    clock.now = START + 60
    before = {status: made.counted(f"status/{status}") for status in STATUSES}
    clock.now = START + 120
    grown = {status: made.counted(f"status/{status}") - before[status] for status in STATUSES}
    now = made.readings(START + 90)
    assert sum(grown.values()) / 60 == pytest.approx(now.request_rate, rel=0.03)
    assert 100 * (grown["500"] + grown["503"]) / sum(grown.values()) == pytest.approx(
        now.error_rate, rel=0.05
    )


def test_counters_survive_a_long_sleep_of_the_machine() -> None:
    made, clock = simulation()
    before = made.counted("tasks")
    clock.now = START + 30 * 86_400
    assert made.counted("tasks") - before > 30 * 86_400 * 3
    assert made.counters.last("event/search.performed", clock.now, 3)[-1][0] <= clock.now


def test_the_newest_counted_things_lie_in_the_near_past_in_order() -> None:
    made, _ = simulation()
    newest = made.counters.last("event/search.performed", START, 50)
    times = [at for at, _ in newest]
    assert len(newest) == 50
    assert times == sorted(times)
    assert times[0] > START - 300 and times[-1] <= START
    assert [number for _, number in newest] == list(range(newest[0][1], newest[0][1] + 50))
    assert newest[-1][1] == made.counted("event/search.performed")


def test_module_errors_and_times_never_go_below_zero() -> None:
    made, _ = simulation("incident")
    now = made.readings(START)
    assert now.module_status("search") == "down"
    assert now.module_response_ms("search") > 500
    assert all(now.module_errors(name) >= 0 for name in ("search", "auth", "planning"))
    assert math.isfinite(now.response.mean)
