"""Restarts of the backend, found in what it tells of itself."""

from collections.abc import Sequence

import pytest

from ops_dashboard.domain.metrics.events import EventsReport
from ops_dashboard.domain.metrics.fields import Report
from ops_dashboard.domain.metrics.performance import PerformanceReport
from ops_dashboard.domain.metrics.process import ProcessReport
from ops_dashboard.domain.restarts import MOST_RESTARTS, RestartLog, restart_sentence

NOON = 1_800_014_400.0
OLD = NOON - 86_400


def process(start: float) -> Report:
    return ProcessReport.model_validate(f"process_start_time_seconds {start}\n")


def performance(uptime: float) -> Report:
    return PerformanceReport.model_validate({"uptime_seconds": uptime})


def events(emitted: float, received: float = 0) -> Report:
    return EventsReport.model_validate({"events_emitted": emitted, "events_received": received})


def restarts(answers: Sequence[tuple[float, Report]], *, offset: float = 0.0) -> list[float]:
    """The restarts found, in seconds after noon; the answers come so many seconds after noon."""
    log = RestartLog()
    for at, report in answers:
        log.read(type(report).__name__, report, NOON + at + offset, 1_000 + at)
    return [round(moment - NOON - offset, 1) for moment in log.moments]


def test_a_new_start_time_is_a_restart() -> None:
    told = [(0, process(OLD)), (30, process(OLD)), (60, process(NOON + 45)), (90, process(NOON + 45))]
    assert restarts(told) == [45]


def test_each_of_three_quick_restarts_is_told() -> None:
    told = [(0, process(OLD)), (8, process(NOON + 5)), (20, process(NOON + 19)), (45, process(NOON + 41))]
    assert restarts(told) == [5, 19, 41]


@pytest.mark.parametrize("offset", [-7_200.0, 600.0])
def test_a_wrong_clock_of_the_backend_moves_no_restart(offset: float) -> None:
    told = [(0, process(OLD)), (8_000, process(NOON + 7_990)), (8_030, process(NOON + 8_015))]
    moments = restarts(told, offset=offset)
    assert all(0 <= moment <= 8_030 for moment in moments)


def test_a_falling_uptime_is_a_restart() -> None:
    told = [(0, performance(500)), (1, performance(501)), (9, performance(2)), (10, performance(3))]
    assert restarts(told) == [7]


def test_two_calls_that_tell_of_one_restart_tell_of_one() -> None:
    told = [(0, process(OLD)), (0, performance(86_400)), (30, process(NOON + 20)), (31, performance(11))]
    assert restarts(told) == [20]


def test_counters_that_stay_low_are_a_restart() -> None:
    told = [(0, events(900, 50)), (30, events(950, 60)), (60, events(3)), (90, events(9)), (120, events(20))]
    assert restarts(told) == [60]


@pytest.mark.parametrize(
    "told",
    [
        [(30 * n, process(OLD + (n % 3) * 7)) for n in range(20)],
        [(30 * n, performance(500 + 30 * n - (n % 2) * 60)) for n in range(20)],
        [(30 * n, events(1_000 * (1 + n % 2) + n)) for n in range(20)],
        [(0, process(OLD)), (30, process(NOON + 10)), (60, process(OLD)), (90, process(NOON + 10))],
        [(30 * n, events(50)) for n in range(5)],
    ],
    ids=["starts in turn", "uptimes in turn", "counters in turn", "a worker beside", "nothing"],
)
def test_several_processes_are_no_restarts(told: list[tuple[float, Report]]) -> None:
    assert restarts(told) == []


def test_a_clock_that_is_set_is_no_restart() -> None:
    log = RestartLog()
    for at, wall in ((0, 0), (30, 3_630), (60, -3_540)):
        log.read("performance", performance(500 + at), NOON + wall, 1_000 + at)
    assert log.moments == ()


def test_a_crash_loop_fills_no_memory() -> None:
    told = [(20 * n, process(NOON + 20 * n - 8)) for n in range(3 * MOST_RESTARTS)]
    assert len(restarts([(0, process(OLD)), *told[1:]])) == MOST_RESTARTS


@pytest.mark.parametrize(
    ("seconds", "sentence"),
    [
        ([], ""),
        ([5], "Backend restarted at 12:00:05 UTC"),
        ([5, 19, 45], "Backend restarted 3 times within 40 s, last at 12:00:45 UTC"),
    ],
)
def test_restarts_are_told_in_a_sentence(seconds: list[float], sentence: str) -> None:
    assert restart_sentence([NOON + one for one in seconds]) == sentence
