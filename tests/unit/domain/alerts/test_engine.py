"""The state diagram as a table, and what each of its edges carries."""

from dataclasses import replace

import pytest

from ops_dashboard.domain.alerts.handling import acknowledge
from ops_dashboard.domain.alerts.rule import Level
from ops_dashboard.domain.alerts.sample import Sample, Value
from ops_dashboard.domain.alerts.severity import Severity
from ops_dashboard.domain.alerts.state import Condition, Handled, State
from ops_dashboard.domain.status import Status
from tests.unit.domain.alerts.play import CURT, KEY, PATIENT, PROMPT, START, STATUS, Play, opened

# for = 60 s, hold = 60 s, a sample each 30 s; warning > 5 (clear 4), critical > 10 (clear 8); ? is no data
DIAGRAM = [
    # from        what comes                        leads to       events
    ("ok",        [3],                              "ok",          []),
    ("ok",        [5],                              "ok",          []),
    ("ok",        [6],                              "pending",     []),
    ("ok",        ["?"],                            "ok",          []),
    ("pending",   [3],                              "ok",          []),
    ("pending",   [4.5],                            "ok",          []),
    ("pending",   [6],                              "pending",     []),
    ("pending",   [6, 6],                           "firing",      ["opened!"]),
    ("pending",   [12, 12],                         "firing",      ["opened!"]),
    ("pending",   [6, 3, 6, 6],                     "pending",     []),
    ("pending",   ["?"],                            "pending",     []),
    ("pending",   ["?", "?", "?", "?", 6],          "pending",     []),
    ("pending",   ["?", 6, 6],                      "pending",     []),
    ("pending",   ["?", 6, 6, 6],                   "firing",      ["opened!"]),
    ("pending",   ["?", 3],                         "ok",          []),
    ("firing",    [6, 7, 9],                        "firing",      []),
    ("firing",    [4.5],                            "firing",      []),
    ("firing",    [4.5, 5, 4.1, 5.5],               "firing",      []),
    ("firing",    [11],                             "firing",      ["escalated!"]),
    ("firing",    [11, 9, 11],                      "firing",      ["escalated!"]),
    ("firing",    [11, 7],                          "firing",      ["escalated!", "deescalated"]),
    ("firing",    [11, 7, 11],                      "firing",      ["escalated!", "deescalated", "escalated!"]),
    ("firing",    [4],                              "recovering",  []),
    ("firing",    [3],                              "recovering",  []),
    ("firing",    ["?", "?", "?", "?"],             "firing",      []),
    ("recovering", [3],                             "recovering",  []),
    ("recovering", [3, 3],                          "ok",          ["resolved"]),
    ("recovering", [4.5],                           "firing",      []),
    ("recovering", [6],                             "firing",      []),
    ("recovering", [3, 6, 3, 3],                    "recovering",  []),
    ("recovering", [12],                            "firing",      ["escalated!"]),
    ("recovering", ["?", "?", "?", "?"],            "recovering",  []),
    ("recovering", ["?", "?", "?", 3, 3],           "recovering",  []),
    ("recovering", ["?", "?", "?", 3, 3, 3],        "ok",          ["resolved"]),
    ("recovering", [3, 3, 6],                       "pending",     ["resolved"]),
]  # fmt: skip
BEFORE: dict[str, list[Value | None]] = {
    "ok": [3],
    "pending": [6],
    "firing": [6, 6, 6],
    "recovering": [6, 6, 6, 3],
}


@pytest.mark.parametrize(("start", "samples", "end", "events"), DIAGRAM)
def test_the_state_diagram(start: str, samples: list[float | str], end: str, events: list[str]) -> None:
    play = Play(PATIENT).sees_all(BEFORE[start])
    assert play.condition == start
    play.events.clear()
    play.sees_all(value if isinstance(value, int | float) else None for value in samples)
    assert play.condition == end
    assert [f"{event.kind}{'!' if event.interrupts else ''}" for event in play.events] == events


def test_without_a_wait_the_first_breach_opens() -> None:
    (event,) = Play(PROMPT).sees(7.0)
    assert (event.kind, event.interrupts, event.severity) == ("opened", True, Severity.WARNING)
    assert event.text == "Errors are 7 % (> 5 %)"


def test_without_a_hold_the_first_good_value_resolves() -> None:
    assert Play(CURT).sees_all([7, 3]).kinds == ["opened", "resolved"]


def test_an_incident_knows_its_beginning_and_its_peak() -> None:
    play = Play(PATIENT).sees_all([6, 7, 8, 13, 7])
    incident = play.incident
    assert (incident.since, incident.opened_at) == (START + 30, START + 90)
    assert (incident.peak, incident.peak_at, incident.worst) == (13, START + 120, Severity.CRITICAL)
    assert incident.age == 60


def test_the_end_tells_how_long_and_how_bad_it_was() -> None:
    play = Play(PROMPT).sees_all([7, 13, 6, 3, 3, 3])
    end = play.events[-1]
    assert (end.kind, end.duration, end.peak, end.interrupts) == ("resolved", 150, 13, False)
    assert end.text == "Errors are 3 % again"
    assert play.state.incident is None


def test_of_low_values_the_lowest_is_the_peak() -> None:
    below = replace(PROMPT, op="below", levels=(replace(PROMPT.levels[1], at=50, clear=55),))
    assert Play(below).sees_all([40, 30, 45]).incident.peak == 30


def test_of_statuses_the_worst_is_the_peak() -> None:
    play = opened(STATUS, Status.DEGRADED).sees_all([Status.DOWN, Status.DEGRADED])
    assert (play.incident.peak, play.incident.severity) == (Status.DOWN, Severity.WARNING)
    assert play.kinds == ["opened", "escalated", "deescalated"]


def test_getting_worse_takes_the_acknowledgement_away_and_getting_better_does_not() -> None:
    play = opened()
    play.does(acknowledge(play.state, play.now, "ana"))
    play.sees(12.0)
    assert play.incident.handling.state is Handled.NEW
    play.does(acknowledge(play.state, play.now, "ana"))
    play.sees(6.0)
    assert play.incident.handling.state is Handled.ACKNOWLEDGED
    assert [event.interrupts for event in play.events] == [True, False, True, False, False]


def test_info_never_interrupts_until_it_is_more() -> None:
    rule = replace(PROMPT, levels=(Level(Severity.WARNING, 300, 0), Level(Severity.INFO, 0, 0)))
    play = Play(rule).sees_all([10, 100])
    assert (play.kinds, play.interruptions) == (["opened"], 0)
    (event,) = play.sees(301.0)
    assert (event.kind, event.interrupts) == ("escalated", True)


@pytest.mark.parametrize("start", list(BEFORE))
@pytest.mark.parametrize("back", [1.0, 3_600.0, 1e9])
def test_a_clock_that_steps_back_adds_no_time(start: str, back: float) -> None:
    play = Play(PATIENT).sees_all(BEFORE[start])
    before, age = play.state, play.state.incident.age if play.state.incident else 0.0
    play.sees(before.value, -back)
    assert play.events == [] or play.kinds == ["opened"]
    assert (play.condition, play.state.held) == (before.condition, before.held)
    assert play.state.incident is None or play.incident.age == age
    play.sees(before.value, 10.0)
    assert play.state.held == before.held + (10.0 if start in ("pending", "recovering") else 0.0)


def test_no_duration_is_negative_although_the_clock_stepped_back() -> None:
    play = opened()
    play.sees(3.0, 10.0)
    play.sees(3.0, -5_000.0)
    play.sees_all([3, 3])
    assert play.kinds == ["opened", "resolved"]
    assert play.events[-1].duration == 70.0


def test_a_sample_seen_again_lets_time_pass_but_is_no_new_sample() -> None:
    play = Play(PATIENT)
    play.sees(7.0)
    for _ in range(5):
        play.sees(7.0, 10.0, same=True)
    assert (play.condition, play.state.held, len(play.state.recent)) == (Condition.PENDING, 50.0, 1)
    play.sees(7.0, 10.0, same=True)
    assert play.condition is Condition.FIRING


def test_a_lower_threshold_fires_with_the_sample_at_hand() -> None:
    play = Play(PROMPT).sees_all([3])
    play.rule = replace(PROMPT, levels=(replace(PROMPT.levels[1], at=2, clear=1.6),))
    assert [event.kind for event in play.sees(3.0, 0.1, same=True)] == ["opened"]


@pytest.mark.parametrize("at", [7.5, 50.0])
def test_a_raised_threshold_resolves_at_once(at: float) -> None:
    play = opened(value=7.0)
    play.rule = replace(PROMPT, levels=(replace(PROMPT.levels[1], at=at, clear=0.8 * at),))
    assert [event.kind for event in play.sees(7.0, 0.1, same=True)] == ["resolved"]


def test_a_rule_switched_off_closes_its_alert() -> None:
    play = opened()
    play.rule = replace(PROMPT, enabled=False)
    (event,) = play.sees(8.0)
    assert (event.kind, event.note, event.interrupts) == ("resolved", "The rule was switched off.", False)
    assert play.state == State(KEY)
    assert play.sees(8.0) == ()


def test_what_is_known_of_the_data_ages() -> None:
    play = Play(PROMPT)
    assert play.state.data(START) == "unknown"
    play.sees(3.0)
    assert play.state.data(play.now) == "fresh"
    play.sees(None)
    assert play.state.data(play.now) == "stale"
    assert play.state.data(play.now + 300) == "unknown"


@pytest.mark.parametrize(
    "value", [float("nan"), float("inf"), float("-inf"), Status.DOWN, Status.UNKNOWN, None]
)
def test_what_is_no_number_is_missing_data(value: Value | None) -> None:
    play = opened()
    play.now += 30
    assert play.meets(Sample(KEY, value, play.now, fresh=True)) == ()
    assert (play.condition, play.state.known, play.state.value) == (Condition.FIRING, False, 7.0)


@pytest.mark.parametrize("value", [Status.UNKNOWN, 3.0, None])
def test_what_is_no_status_is_missing_data(value: Value | None) -> None:
    play = opened(STATUS, Status.DOWN)
    play.now += 30
    assert play.meets(Sample(play.state.key, value, play.now, fresh=True)) == ()
    assert (play.condition, play.state.known) == (Condition.FIRING, False)


def test_a_status_that_does_not_apply_is_not_bad() -> None:
    assert opened(STATUS, Status.DOWN).sees_all([Status.NOT_APPLICABLE] * 3).condition is Condition.OK
