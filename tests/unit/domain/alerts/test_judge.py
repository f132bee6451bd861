from dataclasses import replace

import pytest

from ops_dashboard.domain.alerts.judge import judge, would_fire
from ops_dashboard.domain.alerts.rule import Level
from ops_dashboard.domain.alerts.sample import Sample, Value
from ops_dashboard.domain.alerts.severity import Severity
from ops_dashboard.domain.alerts.state import Condition, State
from ops_dashboard.domain.status import Status
from tests.unit.domain.alerts.play import KEY, PATIENT, PROMPT, START, STATUS, Play

BELOW = replace(
    PROMPT, op="below", levels=(Level(Severity.CRITICAL, 20, 25), Level(Severity.WARNING, 50, 55))
)
RATIO = replace(PROMPT, minimum_traffic=20)


def sample(value: Value | None, **more) -> Sample:
    return Sample(KEY, value, START, **{"fresh": True, **more})


@pytest.mark.parametrize(
    ("rule", "value", "severity"),
    [
        (PROMPT, 5.0, None), (PROMPT, 5.001, "warning"), (PROMPT, 10.0, "warning"), (PROMPT, 10.001, "critical"),
        (PATIENT, 7.0, "warning"),
        (BELOW, 50.0, None), (BELOW, 49.9, "warning"), (BELOW, 20.0, "warning"), (BELOW, 19.9, "critical"),
        (STATUS, Status.HEALTHY, None), (STATUS, Status.NOT_APPLICABLE, None), (STATUS, Status.UNKNOWN, None),
        (STATUS, Status.DEGRADED, "warning"), (STATUS, Status.DOWN, "critical"),
    ],
)  # fmt: skip
def test_what_would_fire_now(rule, value: Value, severity: str | None) -> None:
    assert would_fire(rule, sample(value)) == severity


def test_an_old_sample_would_not_fire() -> None:
    assert would_fire(PROMPT, sample(50.0, fresh=False)) is None


def test_low_values_have_their_hysteresis_above() -> None:
    play = Play(BELOW).sees_all([40, 54.9])
    assert play.condition is Condition.FIRING
    play.sees(55.0)
    assert play.condition is Condition.RECOVERING


@pytest.mark.parametrize(
    ("traffic", "fires"), [(None, True), (20.0, True), (19.9, False), (1.0, False), (0.0, False)]
)
def test_a_ratio_of_a_few_requests_is_no_breach(traffic: float | None, fires: bool) -> None:
    assert (would_fire(RATIO, sample(100.0, traffic=traffic)) is not None) is fires


def test_a_breach_by_few_requests_is_no_recovery_either() -> None:
    play = Play(RATIO).sees_all([7])
    assert judge(RATIO, sample(100.0, traffic=1.0), play.state) is None
    play.meets(sample(100.0, traffic=1.0))
    assert (play.condition, play.state.known, play.kinds) == (Condition.FIRING, False, ["opened"])


def test_a_good_ratio_of_few_requests_is_a_good_value() -> None:
    verdict = judge(RATIO, sample(0.0, traffic=1.0), State(KEY))
    assert verdict is not None
    assert verdict.severity is None
