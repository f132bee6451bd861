"""Time that nobody watched, clocks that are set, and alerts that never settle."""

import random
from dataclasses import replace

import pytest

from ops_dashboard.domain.alerts.engine import step
from ops_dashboard.domain.alerts.handling import acknowledge, dismiss, restore, snooze
from ops_dashboard.domain.alerts.rule import Level, Rule
from ops_dashboard.domain.alerts.sample import Sample, Value
from ops_dashboard.domain.alerts.severity import Severity
from ops_dashboard.domain.alerts.state import Condition, Handled
from ops_dashboard.domain.status import Status
from tests.unit.domain.alerts.play import CURT, PATIENT, PROMPT, STATUS, Play, opened

LEVELS = (Level(Severity.CRITICAL, 1000, 800), Level(Severity.WARNING, 500, 400))
SLOW = Rule("slow", "Slow", "slow", "above", "It takes {value}", LEVELS, unit="ms", hold_seconds=60)


@pytest.mark.parametrize("wait", [30.0, 60.0, 600.0])
@pytest.mark.parametrize("gap", [120.0, 900.0, 86_400.0])
def test_unwatched_time_opens_nothing(wait: float, gap: float) -> None:
    play = Play(replace(PATIENT, for_seconds=wait)).sees_all([7, 7], every=1)
    play.sees(7, after=gap)
    assert (play.condition, play.events) == (Condition.PENDING, [])
    play.sees_all([7] * int(wait), every=1)
    assert play.kinds == ["opened"]


@pytest.mark.parametrize("hold", [10.0, 60.0, 300.0])
@pytest.mark.parametrize("gap", [90.0, 3_600.0])
def test_unwatched_time_resolves_nothing(hold: float, gap: float) -> None:
    play = opened(replace(PROMPT, hold_seconds=hold)).sees_all([3, 3], every=1)
    play.sees(3, after=gap)
    assert play.condition is Condition.RECOVERING
    play.sees_all([3] * int(hold), every=1)
    assert play.kinds == ["opened", "resolved"]


@pytest.mark.parametrize(
    ("rule", "values"),
    [(SLOW, [780.0, 1_020.0]), (SLOW, [600.0] * 3 + [1_100.0] * 3), (SLOW, [450.0] * 20 + [2_000.0] * 20),
     (STATUS, [Status.DEGRADED, Status.DOWN]), (SLOW, [300.0, 600.0, 1_200.0])],
)  # fmt: skip
def test_a_wavering_alert_fills_no_history(rule: Rule, values: list[Value]) -> None:
    play = Play(rule).sees_all(values * (7_200 // len(values)), every=1)
    assert len(play.events) <= 40
    assert play.interruptions <= 8


def test_random_wavering_fills_no_history() -> None:
    chance = random.Random(4)
    play = Play(SLOW).sees_all([chance.choice([780, 1_020, 650]) for _ in range(3_600)], every=1)
    assert len(play.events) <= 30


def test_a_milder_value_that_lasts_eases_it_in_the_end() -> None:
    play = Play(SLOW).sees_all([780, 1_020] * 300, every=1)
    assert play.incident.severity is Severity.CRITICAL
    play.sees_all([780] * 3_700, every=1)
    assert (play.incident.severity, play.state.flapping) == (Severity.WARNING, False)


@pytest.mark.parametrize(("worse", "better"), [(12.0, 7.0), (50.0, 5.5)])
def test_an_acknowledged_severity_stays_acknowledged(worse: float, better: float) -> None:
    play = opened(value=worse)
    play.does(acknowledge(play.state, play.now, "ana"))
    told = play.interruptions
    play.sees_all([better, worse, better, worse])
    assert play.incident.handling.state is Handled.ACKNOWLEDGED
    assert (play.kinds.count("escalated"), play.interruptions) == (2, told)


def test_worse_than_acknowledged_interrupts_again() -> None:
    play = opened(value=7.0)
    play.does(acknowledge(play.state, play.now, "ana"))
    (event,) = play.sees(12.0)
    assert (event.kind, event.interrupts, play.incident.handling.state) == ("escalated", True, Handled.NEW)


def test_undo_does_not_hide_what_got_worse_meanwhile() -> None:
    play = opened(value=7.0)
    play.does(acknowledge(play.state, play.now, "ana"))
    play.does(dismiss(play.state, play.now, "ana"))
    play.sees(12.0)
    play.does(restore(play.state, play.now, "ana"))
    (event,) = play.sees(12.0)
    assert (event.kind, event.interrupts) == ("announced", True)


@pytest.mark.parametrize("told", [True, False], ids=["clock step told", "between two processes"])
@pytest.mark.parametrize("back", [600.0, 7_200.0, 86_400.0])
def test_a_snooze_lasts_no_longer_when_the_clock_is_set_back(back: float, told: bool) -> None:
    play = opened()
    play.does(snooze(play.state, play.now, "ana", play.now + 900))
    play.now -= back
    assert play.incident.handling.until > play.now + 900
    sample = Sample(play.state.key, 7.0, play.now, fresh=True)
    play.state, _ = step(play.rule, play.state, sample, play.now, clock_step=-back if told else 0.0)
    assert play.incident.handling.until == play.now + 900
    play.sees_all([7] * 29)
    assert play.incident.handling.state is Handled.SNOOZED
    play.sees_all([7] * 2)
    assert play.incident.handling.state is Handled.NEW


def test_a_snooze_lasts_no_shorter_when_the_clock_is_set_on() -> None:
    play = opened()
    play.does(snooze(play.state, play.now, "ana", play.now + 900))
    play.now += 3_601
    sample = Sample(play.state.key, 7.0, play.now, fresh=True)
    play.state, _ = step(play.rule, play.state, sample, play.now, clock_step=3_600.0)
    assert (play.incident.handling.state, play.incident.age) == (Handled.SNOOZED, 1.0)
    play.sees(7.0, after=900)
    assert play.incident.handling.state is Handled.NEW


def test_severe_values_are_told_at_once_whatever_came_before() -> None:
    play = Play(CURT).sees_all([7, 12] * 20).sees_all([7] * 200)
    (event,) = play.sees(12.0)
    assert (event.kind, event.interrupts) == ("escalated", True)
