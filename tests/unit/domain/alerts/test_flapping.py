import pytest

from ops_dashboard.domain.alerts.flapping import is_flapping
from ops_dashboard.domain.alerts.handling import acknowledge
from ops_dashboard.domain.alerts.severity import Severity
from tests.unit.domain.alerts.play import CURT, PROMPT, Play

BAD, GOOD = Severity.WARNING, None


def changing(times: int) -> list[Severity | None]:
    return ([GOOD, BAD] * 20)[: times + 1]


@pytest.mark.parametrize(
    ("changes", "before", "after"),
    [(0, False, False), (5, False, False), (6, False, True), (19, False, True),
     (6, True, True), (5, True, True), (4, True, False), (0, True, False)],
)  # fmt: skip
def test_it_starts_at_six_changes_and_ends_at_four(changes: int, before: bool, after: bool) -> None:
    assert is_flapping(changing(changes), before) is after


def test_only_the_last_twenty_samples_count() -> None:
    assert not is_flapping([*changing(19), *[GOOD] * 20], False)


def test_a_flapping_metric_held_open_gives_one_notice() -> None:
    play = Play(PROMPT).sees_all([7, 3] * 30)
    assert play.kinds == ["opened", "flapping_started"]
    assert play.interruptions == 1


def test_one_that_opens_and_resolves_falls_silent() -> None:
    play = Play(CURT).sees_all([7, 3] * 30)
    assert play.kinds.count("opened") == play.kinds.count("resolved") == 30
    assert play.interruptions == 3
    assert play.kinds.count("flapping_started") == 27


def test_wavering_between_two_severities_is_flapping_too() -> None:
    play = Play(PROMPT).sees_all([7, 12] * 30)
    assert play.state.flapping
    assert play.interruptions == 4


def test_what_became_critical_while_flapping_is_told_when_it_calms_down() -> None:
    play = Play(PROMPT).sees_all([7, 3] * 10)
    assert play.state.flapping
    told = play.interruptions
    play.sees_all([12] * 20)
    assert not play.state.flapping
    assert play.interruptions == told + 1
    event = next(e for e in play.events if e.kind == "flapping_ended")
    assert (event.interrupts, event.severity) == (True, Severity.CRITICAL)


def test_what_was_told_before_is_not_told_again_when_it_calms_down() -> None:
    play = Play(PROMPT).sees_all([7, 3] * 10).sees_all([7] * 20)
    assert play.kinds == ["opened", "flapping_started", "flapping_ended"]
    assert play.interruptions == 1


def test_no_more_is_remembered_than_is_needed() -> None:
    assert len(Play(PROMPT).sees_all([7, 3] * 30).state.recent) == 20


def test_a_sample_seen_again_is_no_change() -> None:
    play = Play(PROMPT)
    for value in [7.0, 3.0] * 20:
        play.sees(value, 1.0, same=True)
    assert len(play.state.recent) == 1
    assert not play.state.flapping


def test_an_acknowledged_alert_that_calms_down_stays_quiet() -> None:
    play = Play(PROMPT).sees_all([7, 3] * 10)
    play.sees(12.0)
    play.does(acknowledge(play.state, play.now, "ana"))
    told = play.interruptions
    play.sees_all([12] * 20)
    assert play.interruptions == told
