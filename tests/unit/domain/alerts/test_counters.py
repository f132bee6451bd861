"""Rules about counters: their growth is what matters."""

from dataclasses import replace

from ops_dashboard.domain.alerts.rule import Level
from ops_dashboard.domain.alerts.severity import Severity
from ops_dashboard.domain.alerts.state import Condition
from tests.unit.domain.alerts.play import CURT, Play

RULE = replace(CURT, op="rise", unit="count", levels=(Level(Severity.WARNING, 0, 0),), hold_seconds=60)


def test_the_first_value_is_no_growth() -> None:
    assert Play(RULE).sees_all([110]).condition is Condition.OK


def test_growth_fires_and_rest_resolves() -> None:
    play = Play(RULE).sees_all([110, 113, 113, 113, 113])
    assert play.kinds == ["opened", "resolved"]
    assert play.events[0].text == "Errors are 3"
    assert play.events[1].peak == 3


def test_a_counter_that_fell_back_has_not_grown() -> None:
    play = Play(RULE).sees_all([110, 0])
    assert (play.condition, play.state.value) == (Condition.OK, 0)
    assert play.sees(2.0)[0].kind == "opened"


def test_a_sample_seen_again_has_grown_as_it_had() -> None:
    play = Play(RULE).sees_all([110, 113])
    play.sees(113.0, 1.0, same=True)
    assert (play.condition, play.state.value) == (Condition.FIRING, 3.0)


def test_growth_during_a_time_without_data_counts() -> None:
    assert Play(RULE).sees_all([110, None, None, 112]).condition is Condition.FIRING
