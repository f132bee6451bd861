"""States as they stand in their rows, and what is asked of a save."""

from dataclasses import replace

import pytest

from ops_dashboard.domain.alerts.handling import dismiss, snooze
from ops_dashboard.domain.alerts.sample import Key
from ops_dashboard.domain.alerts.state import Mute, State
from ops_dashboard.domain.status import Status
from ops_dashboard.storage.alert_states import packed, unpacked
from ops_dashboard.storage.conflict import Conflict
from ops_dashboard.storage.incident_changes import Changes
from tests.unit.domain.alerts.play import PROMPT, STATUS, Play, opened


def test_all_of_a_state_is_packed() -> None:
    play = Play(PROMPT, mute=Mute(Key("cause", "sucht ä"), "muted: module search is down"))
    play.sees(7.000000000000001)
    play.does(snooze(play.state, play.now, "ana", play.now + 60, "später"))
    play.does(dismiss(play.state, play.now, "ben", "known"))
    for state in (play.state, opened(STATUS, Status.DOWN).state, State(Key("errors", "a|b"))):
        text = packed(state)
        assert text.isascii()
        assert unpacked(text, state.key) == state


@pytest.mark.parametrize("detail", ["nul\x00", "half \ud83d", "two\nlines", "\u202eevil", "x" * 500])
def test_odd_text_comes_back_as_it_was(detail: str) -> None:
    state = replace(opened().state, detail=detail)
    assert unpacked(packed(state), state.key) == state


def test_endless_text_is_cut() -> None:
    state = replace(opened().state, detail="x" * 1_000_000)
    assert unpacked(packed(state), state.key).detail == "x" * 499 + "…"


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "7", '{"key": [7, ""]}', "[" * 99_999, "NaN"])
def test_damaged_text_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        unpacked(text, Key("errors"))


def test_a_state_about_another_alert_is_refused() -> None:
    with pytest.raises(ValueError, match="it is about another alert"):
        unpacked(packed(opened().state), Key("errors", "other"))


def test_an_event_needs_its_state() -> None:
    play = opened()
    with pytest.raises(ValueError, match="events without their states"):
        Changes({}, tuple(play.events)).bounded()
    assert Changes({play.state.key: None}, tuple(play.events)).bounded().events == tuple(play.events)


def test_fit_keys_stay_as_they_are() -> None:
    play = opened()
    changes = Changes({play.state.key: play.state}, tuple(play.events))
    assert changes.bounded() is changes


def test_a_conflict_names_the_alerts_and_says_one_sentence() -> None:
    conflict = Conflict({Key("a"): None, Key("b", "x"): State(Key("b", "x"))})
    assert conflict.keys == (Key("a"), Key("b", "x"))
    assert str(conflict) == "These alerts were just changed by another process of the dashboard."
