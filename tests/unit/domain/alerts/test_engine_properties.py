"""What holds for every alert, whatever comes and whatever people do."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from ops_dashboard.domain.alerts.engine import LONGEST_UNWATCHED_SECONDS
from ops_dashboard.domain.alerts.handling import acknowledge, dismiss, restore, snooze, unsnooze
from ops_dashboard.domain.alerts.rule import Rule
from ops_dashboard.domain.alerts.sample import Sample
from ops_dashboard.domain.alerts.state import Condition, State, from_dict, to_dict
from tests.unit.domain.alerts.play import CURT, KEY, PATIENT, PROMPT, Play

Move = Callable[[Play], object]

RULES = st.sampled_from([PATIENT, PROMPT, CURT])
VALUES = st.sampled_from([0.0, 3.0, 4.0, 4.5, 5.0, 6.0, 8.0, 9.0, 10.0, 12.0]) | st.floats(0, 20)
SECONDS = st.sampled_from([0.0, 0.1, 1.0, 30.0, 61.0, 400.0, 90_000.0])
STEPS_BACK = st.sampled_from([-1.0, -45.0, -100_000.0])


def seeing(value: float | None, after: float, same: bool) -> Move:
    return lambda play: play.sees(value, after, same=same)


def doing(action: Callable[[State, float], tuple]) -> Move:
    return lambda play: play.does(action(play.state, play.now))


ACTIONS = st.sampled_from(
    [
        doing(lambda s, now: acknowledge(s, now, "ana", "looking")),
        doing(lambda s, now: snooze(s, now, "ana", now + 60, "later")),
        doing(lambda s, now: unsnooze(s, now, "ben")),
        doing(lambda s, now: dismiss(s, now, "ben")),
        doing(lambda s, now: restore(s, now, "ana")),
    ]
)
SAMPLES = st.builds(seeing, st.none() | VALUES, SECONDS | STEPS_BACK, st.booleans())
MOVES = st.lists(SAMPLES | ACTIONS, max_size=60)


def played(rule: Rule, moves: list[Move], *, restarts: bool = False) -> Play:
    play = Play(rule, restarts=restarts)
    for move in moves:
        move(play)
    return play


@given(RULES, MOVES)
def test_every_incident_opens_once_and_ends_at_most_once(rule: Rule, moves: list[Move]) -> None:
    is_open = False
    for event in played(rule, moves).events:
        if event.kind == "opened":
            assert not is_open
            is_open = True
        else:
            assert is_open
            is_open = event.kind != "resolved"


@given(RULES, MOVES)
def test_an_incident_is_open_exactly_while_firing_or_recovering(rule: Rule, moves: list[Move]) -> None:
    play = Play(rule)
    for move in moves:
        move(play)
        is_open = play.state.incident is not None
        assert is_open is (play.condition in (Condition.FIRING, Condition.RECOVERING))
        assert is_open is (play.kinds.count("opened") > play.kinds.count("resolved"))


@given(RULES, MOVES, st.lists(SECONDS | STEPS_BACK, min_size=1, max_size=30))
def test_missing_data_changes_no_condition(rule: Rule, moves: list[Move], gaps: list[float]) -> None:
    play = played(rule, moves)
    condition, held = play.condition, play.state.held
    for gap in gaps:
        play.sees(None, gap)
    assert (play.condition, play.state.held) == (condition, held)


@given(RULES, MOVES)
def test_only_a_sample_that_is_well_resolves(rule: Rule, moves: list[Move]) -> None:
    play = Play(rule)
    for move in moves:
        before = len(play.events)
        move(play)
        if "resolved" in play.kinds[before:]:
            assert play.state.known
            assert isinstance(play.state.value, float)
            assert play.state.value <= 4.0


@given(st.lists(st.floats(4.01, 5.0), max_size=40), st.lists(st.floats(0, 3.9), max_size=3))
def test_values_between_clear_and_fire_level_tell_nobody(between: list[float], first: list[float]) -> None:
    assert Play(CURT).sees_all([*first, *between]).events == []
    firing = Play(CURT).sees_all([7.0, *between])
    assert firing.kinds == ["opened"]
    assert firing.condition is Condition.FIRING


@given(RULES, MOVES)
def test_a_restart_at_any_point_changes_nothing(rule: Rule, moves: list[Move]) -> None:
    straight, restarted = played(rule, moves), played(rule, moves, restarts=True)
    assert restarted.events == straight.events
    assert restarted.state == straight.state


@given(RULES, MOVES)
def test_a_state_survives_being_saved(rule: Rule, moves: list[Move]) -> None:
    state = played(rule, moves).state
    assert from_dict(to_dict(state)) == state


@given(RULES, MOVES)
def test_no_duration_is_negative(rule: Rule, moves: list[Move]) -> None:
    play = Play(rule)
    for move in moves:
        move(play)
        assert play.state.held >= 0
        assert play.state.incident is None or play.incident.age >= 0
    assert all(event.duration is None or event.duration >= 0 for event in play.events)


@given(st.lists(st.tuples(st.just(7.0) | st.floats(5.1, 9.9), SECONDS | STEPS_BACK), max_size=40))
def test_it_fires_no_earlier_than_the_time_that_passed(samples: list[tuple[float, float]]) -> None:
    play, passed = Play(PATIENT), 0.0
    for number, (value, after) in enumerate(samples):
        play.sees(value, after)
        watched = number and 0 <= after <= LONGEST_UNWATCHED_SECONDS
        passed += after if watched else 0.0
        if play.condition is Condition.FIRING:
            assert passed >= PATIENT.for_seconds - 1e-6
            return
        assert passed < PATIENT.for_seconds + 1e-6


@given(RULES, MOVES)
def test_people_are_told_at_most_once_a_step_and_only_of_what_fires(rule: Rule, moves: list[Move]) -> None:
    play = Play(rule)
    for move in moves:
        before = len(play.events)
        move(play)
        loud = [event for event in play.events[before:] if event.interrupts]
        assert len(loud) <= 1
        if loud:
            assert play.condition is Condition.FIRING
            assert play.incident.handling.state == "new"
            assert play.incident.announced == play.incident.severity


@given(RULES, MOVES, VALUES)
def test_the_same_sample_twice_at_one_moment_is_one(rule: Rule, moves: list[Move], value: float) -> None:
    play = played(rule, moves)
    play.sees(value)
    state, sample = play.state, Sample(KEY, value, play.now, fresh=True)
    happened = play.meets(sample)
    assert all(event.kind == "resolved" for event in happened)  # a hold of nothing is over at once
    assert happened or play.state == state
