import math

import pytest

from ops_dashboard.domain.alerts.handling import (
    ACK_SECONDS,
    acknowledge,
    annotate,
    dismiss,
    restore,
    snooze,
    unsnooze,
)
from ops_dashboard.domain.alerts.sample import Key
from ops_dashboard.domain.alerts.severity import Severity
from ops_dashboard.domain.alerts.state import Handled, Handling, Mute, State
from tests.unit.domain.alerts.play import KEY, PROMPT, START, Play, opened

MINUTES = 60.0


def snoozed(minutes: float = 15) -> Play:
    play = opened()
    play.does(snooze(play.state, play.now, "ana", play.now + minutes * MINUTES, "deploying"))
    return play


def acknowledged() -> Play:
    play = opened()
    play.does(acknowledge(play.state, play.now, "ana", "looking"))
    return play


def dismissed() -> Play:
    play = opened()
    play.does(dismiss(play.state, play.now, "ana", "known"))
    return play


STARTS = {"new": opened, "acknowledged": acknowledged, "snoozed": snoozed, "dismissed": dismissed}
ACTIONS = {
    "acknowledge": lambda s, now: acknowledge(s, now, "ben"),
    "snooze": lambda s, now: snooze(s, now, "ben", now + 3600),
    "unsnooze": lambda s, now: unsnooze(s, now, "ben"),
    "dismiss": lambda s, now: dismiss(s, now, "ben"),
    "restore": lambda s, now: restore(s, now, "ben"),
}
TABLE = [
    # state          acknowledge      snooze     unsnooze  dismiss      restore
    ("new",          "acknowledged",  "snoozed", "",       "dismissed", ""),
    ("acknowledged", "",              "snoozed", "",       "dismissed", ""),
    ("snoozed",      "acknowledged",  "snoozed", "new",    "dismissed", ""),
    ("dismissed",    "acknowledged",  "snoozed", "",       "",          "new"),
]  # fmt: skip
CELLS = [(row[0], action, end) for row in TABLE for action, end in zip(ACTIONS, row[1:], strict=True)]


@pytest.mark.parametrize(("start", "action", "end"), CELLS)
def test_what_each_action_does_in_each_state(start: str, action: str, end: str) -> None:
    state = STARTS[start]().state
    after, events = ACTIONS[action](state, START + 60)
    if not end:  # it was done already, or there is nothing to undo
        assert (after, events) == (state, ())
        return
    assert after.incident is not None
    assert after.incident.handling.state == end
    assert [(event.by, event.interrupts, event.at) for event in events] == [("ben", False, START + 60)]


@pytest.mark.parametrize("action", list(ACTIONS))
def test_without_an_incident_nothing_happens(action: str) -> None:
    state = State(KEY)
    assert ACTIONS[action](state, START) == (state, ())


def test_it_keeps_who_when_and_why() -> None:
    handling = acknowledged().incident.handling
    assert handling == Handling(Handled.ACKNOWLEDGED, "ana", START + 30, "looking")
    assert snoozed().incident.handling.until == START + 30 + 15 * MINUTES


def test_the_first_to_acknowledge_stays_the_owner() -> None:
    play = acknowledged()
    assert play.does(acknowledge(play.state, play.now, "ben", "mine")) == ()
    assert play.incident.handling.by == "ana"


def test_hostile_names_and_notes_are_made_fit_to_show() -> None:
    play = opened()
    (event,) = play.does(acknowledge(play.state, play.now, "a\u202en\n" * 100, "x" * 10_000))
    assert (len(event.by), len(event.note)) == (80, 300)
    assert "\n" not in event.by
    assert "\u202e" not in event.by


@pytest.mark.parametrize("until", [START, START - 1, math.nan, math.inf])
def test_a_snooze_needs_an_end_to_come(until: float) -> None:
    with pytest.raises(ValueError, match="to come"):
        snooze(opened().state, START, "ana", until)


def test_a_snooze_expires_by_itself_and_is_told_again() -> None:
    play = snoozed(15)
    play.sees(7.0, 15 * MINUTES - 1)
    assert (play.incident.handling.state, play.interruptions) == (Handled.SNOOZED, 1)
    (event,) = play.sees(7.0, 1.0)
    assert (event.kind, event.by, event.interrupts) == ("unsnoozed", "", True)
    assert play.incident.handling == Handling()


def test_a_snooze_expires_without_data_too_and_is_told_once_there_is_some() -> None:
    play = snoozed(1)
    (event,) = play.sees(None, 2 * MINUTES)
    assert (event.kind, event.interrupts) == ("unsnoozed", False)
    (event,) = play.sees(7.0)
    assert (event.kind, event.interrupts) == ("announced", True)


def test_a_snooze_that_expires_while_it_recovers_tells_nobody() -> None:
    play = snoozed(1)
    play.sees_all([3, 3, 3])
    assert play.kinds == ["opened", "snoozed", "unsnoozed", "resolved"]
    assert play.interruptions == 1


def test_ending_a_snooze_early_is_not_told_again() -> None:
    play = snoozed()
    play.does(unsnooze(play.state, play.now, "ben"))
    assert play.sees(7.0) == ()


@pytest.mark.parametrize("start", [snoozed, dismissed])
def test_nothing_interrupts_while_snoozed_or_dismissed(start) -> None:
    play = start()
    play.sees(12.0)
    assert (play.kinds[-1], play.interruptions) == ("escalated", 1)


def test_what_got_worse_unheard_is_told_after_undo() -> None:
    play = dismissed()
    play.sees(12.0)
    play.does(restore(play.state, play.now, "ana"))
    (event,) = play.sees(12.0)
    assert (event.kind, event.interrupts, event.severity) == ("announced", True, Severity.CRITICAL)


def test_an_alert_dismissed_ends_like_any_other_and_the_next_is_new() -> None:
    play = dismissed()
    play.sees_all([3, 3, 3, 7])
    assert play.kinds == ["opened", "dismissed", "resolved", "opened"]
    assert play.incident.handling == Handling()
    assert play.interruptions == 2


def test_undo_brings_the_handling_before_back() -> None:
    play = acknowledged()
    before = play.incident.handling
    play.does(dismiss(play.state, play.now, "ben"))
    play.does(restore(play.state, play.now, "ben"))
    assert play.incident.handling == before


def test_undo_does_not_bring_back_a_snooze_that_is_over() -> None:
    play = snoozed(1)
    play.does(dismiss(play.state, play.now, "ana"))
    play.does(restore(play.state, play.now + 2 * MINUTES, "ana"))
    assert play.incident.handling == Handling()


def test_an_acknowledgement_nobody_renews_is_told_again_after_a_day() -> None:
    play = acknowledged()
    assert play.sees(7.0, ACK_SECONDS - 1) == ()
    (event,) = play.sees(7.0, 1.0)
    assert (event.kind, event.interrupts) == ("ack_expired", True)
    assert play.incident.handling == Handling()


def test_an_acknowledgement_ends_with_its_incident() -> None:
    play = acknowledged()
    play.sees_all([3, 3, 3, 7])
    assert play.incident.handling == Handling()


def test_what_is_muted_is_told_as_soon_as_its_cause_is_gone() -> None:
    play = Play(PROMPT, mute=Mute(Key("cause"), "muted: it is down"))
    play.sees_all([7, 7])
    assert (play.kinds, play.interruptions) == (["opened"], 0)
    assert play.incident.mute == play.mute
    play.mute = None
    (event,) = play.sees(7.0)
    assert (event.kind, event.interrupts) == ("announced", True)
    assert play.sees(7.0) == ()


def test_what_somebody_acknowledged_while_it_was_muted_is_not_told() -> None:
    play = Play(PROMPT, mute=Mute(Key("cause"), "muted: it is down"))
    play.sees(7.0)
    play.does(acknowledge(play.state, play.now, "ana"))
    play.mute = None
    assert play.sees(7.0) == ()


def test_a_note_added_later_leaves_whose_it_is_and_since_when() -> None:
    play = acknowledged()
    at = play.incident.handling.at
    play.sees(7.0, 60.0)
    (event,) = play.does(annotate(play.state, play.now, "ana", " restarted search,\nwatching ", "looking"))
    assert (event.kind, event.by, event.note) == ("noted", "ana", "restarted search, watching")
    assert (event.at, event.interrupts) == (play.now, False)
    assert play.incident.handling == Handling(Handled.ACKNOWLEDGED, "ana", at, "restarted search, watching")
    assert play.sees(7.0) == ()


def test_who_wrote_the_note_is_told_where_that_is_not_whose_alert_it_is() -> None:
    play = acknowledged()
    play.does(annotate(play.state, play.now, "ben", "restarted", "looking"))
    assert (play.incident.handling.by, play.incident.handling.note_by) == ("ana", "ben")
    play.does(annotate(play.state, play.now, "ana", "thanks", "restarted"))
    assert (play.incident.handling.note, play.incident.handling.note_by) == ("thanks", "")


def test_a_note_can_be_taken_away() -> None:
    play = acknowledged()
    (event,) = play.does(annotate(play.state, play.now, "ben", " ", "looking"))
    assert (event.note, play.incident.handling.note, play.incident.handling.note_by) == ("", "", "")


def test_a_note_that_somebody_changed_meanwhile_is_not_written_over() -> None:
    play = acknowledged()
    play.does(annotate(play.state, play.now, "ben", "restarted", "looking"))
    with pytest.raises(ValueError, match="somebody changed the note"):
        annotate(play.state, play.now, "ana", "still looking", "looking")


def test_the_note_that_is_there_already_is_no_change() -> None:
    play = acknowledged()
    assert annotate(play.state, play.now, "ben", "looking ", "another one") == (play.state, ())


@pytest.mark.parametrize("start", ["new", "snoozed", "dismissed"])
def test_what_is_not_acknowledged_takes_no_note(start: str) -> None:
    state = STARTS[start]().state
    assert annotate(state, START + 60, "ana", "a note", "") == (state, ())
    assert annotate(State(KEY), START, "ana", "a note", "") == (State(KEY), ())


def test_a_note_ends_with_its_acknowledgement_and_comes_back_with_it() -> None:
    play = acknowledged()
    play.does(annotate(play.state, play.now, "ben", "restarted", "looking"))
    noted = play.incident.handling
    play.does(dismiss(play.state, play.now, "ana"))
    play.does(restore(play.state, play.now, "ana"))
    assert play.incident.handling == noted
    play.sees(12.0)
    assert play.incident.handling == Handling()


def test_a_hostile_note_is_made_fit_to_show() -> None:
    play = acknowledged()
    (event,) = play.does(annotate(play.state, play.now, "b\n" * 100, "\u202e" + "x" * 10_000, "looking"))
    assert (len(event.by), len(event.note)) == (80, 300)
    assert "\u202e" not in play.incident.handling.note
    assert play.incident.handling.note_by == event.by
