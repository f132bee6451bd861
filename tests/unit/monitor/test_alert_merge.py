"""What holds where this process and the database do not know the same."""

from dataclasses import replace

import pytest

from ops_dashboard.domain.alerts.handling import acknowledge, snooze
from ops_dashboard.domain.alerts.severity import Severity
from ops_dashboard.domain.alerts.state import Condition, Mute, State
from ops_dashboard.monitor.alert_merge import merged, told_elsewhere
from tests.unit.domain.alerts.play import CURT, KEY, PROMPT, START, opened

CALM = State(KEY, known=True, value=1.0)
FIRING = opened().state
LATER = replace(FIRING, value=9.0, evaluated_at=START + 90)
RULES = {PROMPT.id: PROMPT}


def acknowledged(state: State = FIRING, by: str = "ana") -> State:
    return acknowledge(state, START + 60, by)[0]


@pytest.mark.parametrize(
    ("mine", "written", "stored", "expected", "taken"),
    [
        (FIRING, None, None, FIRING, False),
        (LATER, FIRING, FIRING, LATER, False),
        (None, FIRING, FIRING, None, False),
        (LATER, FIRING, acknowledged(), acknowledged(), True),
        (LATER, FIRING, None, None, True),
        (LATER, FIRING, CALM, CALM, True),
        (None, None, FIRING, FIRING, True),
        (CALM, None, FIRING, FIRING, True),
        (LATER, None, FIRING, FIRING, True),
        (LATER, None, CALM, LATER, False),
    ],
    ids=[
        "only here",
        "nobody wrote since",
        "forgotten here, and nobody wrote since",
        "another acknowledged it",
        "another forgot it",
        "another resolved it",
        "left by an earlier process",
        "open since before this process knew",
        "open in both: the stored one began earlier",
        "opened here before the database came",
    ],
)
def test_what_holds(
    mine: State | None, written: State | None, stored: State | None, expected: State | None, taken: bool
) -> None:
    found = merged(*({KEY: one} if one else {} for one in (mine, written, stored)))
    assert found.states == ({KEY: expected} if expected else {})
    assert found.theirs == ({KEY} if taken else set())
    assert found.handled == set()


def test_what_people_did_here_is_laid_over_a_stored_incident_that_nobody_handles() -> None:
    found = merged({KEY: acknowledged(LATER)}, {}, {KEY: FIRING})
    assert found.states == {KEY: acknowledged(FIRING)}
    assert found.handled == found.theirs == {KEY}


def test_who_took_care_first_stays_its_owner() -> None:
    found = merged({KEY: acknowledged(LATER, "ben")}, {}, {KEY: acknowledged(FIRING, "ana")})
    assert found.states == {KEY: acknowledged(FIRING, "ana")}
    assert found.handled == set()


def test_what_was_told_by_another_process_is_told_here_once() -> None:
    (event,) = told_elsewhere(RULES, {KEY: CALM}, {KEY: FIRING}, START + 60)
    assert (event.kind, event.key, event.at, event.severity, event.text, event.interrupts) == (
        *("announced", KEY, START + 60, Severity.WARNING, "Errors are 7 % (> 5 %)", True),
    )
    assert list(told_elsewhere(RULES, {KEY: FIRING}, {KEY: LATER}, START + 60)) == []


def test_a_worse_severity_is_told_again() -> None:
    worse = opened(value=7.0)
    worse.sees(12.0)
    assert [event.severity for event in told_elsewhere(RULES, {KEY: FIRING}, {KEY: worse.state}, START)] == [
        Severity.CRITICAL
    ]


def quiet(state: State) -> list[State]:
    assert state.incident is not None
    play = opened(CURT)
    play.sees(1.0)
    return [
        acknowledged(state),
        snooze(state, START + 30, "ana", START + 900)[0],
        replace(state, incident=replace(state.incident, announced=None)),
        replace(state, incident=replace(state.incident, mute=Mute(KEY, "muted: it is down"))),
        replace(state, condition=Condition.RECOVERING),
        play.state,
    ]


@pytest.mark.parametrize(
    "state", quiet(FIRING), ids=["acked", "snoozed", "unannounced", "muted", "recovering", "over"]
)
def test_what_interrupts_nobody_any_more_is_not_told(state: State) -> None:
    assert list(told_elsewhere(RULES, {}, {KEY: state}, START + 60)) == []


def test_an_alert_of_a_rule_that_is_no_more_is_not_told() -> None:
    assert list(told_elsewhere({}, {}, {KEY: FIRING}, START + 60)) == []
