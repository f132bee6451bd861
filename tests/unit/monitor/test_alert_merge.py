"""What holds where this process and the database do not know the same."""

from dataclasses import replace

import pytest

from ops_dashboard.domain.alerts.handling import acknowledge
from ops_dashboard.domain.alerts.state import State
from ops_dashboard.monitor.alert_merge import merged
from tests.unit.domain.alerts.play import KEY, PROMPT, START, opened

CALM = State(KEY, known=True, value=1.0)
FIRING = opened().state
LATER = replace(FIRING, value=9.0, evaluated_at=START + 90)
RULES = {PROMPT.id: PROMPT}


def acknowledged(state: State = FIRING, by: str = "ana") -> State:
    return acknowledge(state, START + 60, by)[0]


@pytest.mark.parametrize(
    ("mine", "stored", "expected", "taken"),
    [
        (FIRING, None, FIRING, False),
        (None, FIRING, FIRING, True),
        (CALM, FIRING, FIRING, True),
        (LATER, FIRING, FIRING, True),
        (LATER, CALM, LATER, False),
    ],
    ids=[
        "only here",
        "left by an earlier process",
        "open since before this process knew",
        "open in both: the stored one began earlier",
        "opened here before the database came",
    ],
)
def test_what_holds(mine: State | None, stored: State | None, expected: State | None, taken: bool) -> None:
    found = merged(*({KEY: one} if one else {} for one in (mine, stored)))
    assert found.states == ({KEY: expected} if expected else {})
    assert found.theirs == ({KEY} if taken else set())
    assert found.handled == set()


def test_what_people_did_here_is_laid_over_a_stored_incident_that_nobody_handles() -> None:
    found = merged({KEY: acknowledged(LATER)}, {KEY: FIRING})
    assert found.states == {KEY: acknowledged(FIRING)}
    assert found.handled == found.theirs == {KEY}


def test_who_took_care_first_stays_its_owner() -> None:
    found = merged({KEY: acknowledged(LATER, "ben")}, {KEY: acknowledged(FIRING, "ana")})
    assert found.states == {KEY: acknowledged(FIRING, "ana")}
    assert found.handled == set()
