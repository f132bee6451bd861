"""States as they stand in their rows, and what is asked of a save."""

from dataclasses import replace

import pytest

from ops_dashboard.domain.alerts.handling import dismiss, snooze
from ops_dashboard.domain.alerts.sample import Key
from ops_dashboard.domain.alerts.state import Mute, State
from ops_dashboard.domain.status import Status
from ops_dashboard.storage.alert_states import checksum, packed, unpacked
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
        assert unpacked(text, state.key, checksum(text)) == state


@pytest.mark.parametrize("detail", ["nul\x00", "half \ud83d", "two\nlines", "\u202eevil", "x" * 500])
def test_odd_text_comes_back_as_it_was(detail: str) -> None:
    state = replace(opened().state, detail=detail)
    text = packed(state)
    assert unpacked(text, state.key, checksum(text)) == state


def test_endless_text_is_cut() -> None:
    state = replace(opened().state, detail="x" * 1_000_000)
    text = packed(state)
    assert unpacked(text, state.key, checksum(text)).detail == "x" * 499 + "…"


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "7", '{"key": [7, ""]}', "[" * 99_999, "NaN"])
def test_damaged_text_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        unpacked(text, Key("errors"), checksum(text))


def test_a_state_about_another_alert_is_refused() -> None:
    text = packed(opened().state)
    with pytest.raises(ValueError, match="it is about another alert"):
        unpacked(text, Key("errors", "other"), checksum(text))


def test_changed_character_is_noticed() -> None:
    state = replace(opened().state, detail="ana")
    text = packed(state)
    with pytest.raises(ValueError, match="checksum"):
        unpacked(text.replace("ana", "anb"), state.key, checksum(text))


def test_random_number_of_earlier_versions_is_accepted() -> None:
    state = opened().state
    assert unpacked(packed(state), state.key, 2**62 + 1) == state


@pytest.mark.parametrize(("text", "number"), [(None, 1), (b"{}", 1), (3, 1), ("{}", None), ("{}", "x")])
def test_values_of_another_kind_are_refused(text: object, number: object) -> None:
    with pytest.raises(ValueError, match="another kind"):
        unpacked(text, Key("errors"), number)  # pyright: ignore[reportArgumentType]


def test_an_event_needs_its_state() -> None:
    play = opened()
    with pytest.raises(ValueError, match="events without their states"):
        Changes({}, tuple(play.events)).bounded()
    assert Changes({play.state.key: None}, tuple(play.events)).bounded().events == tuple(play.events)


def test_fit_keys_stay_as_they_are() -> None:
    play = opened()
    changes = Changes({play.state.key: play.state}, tuple(play.events))
    assert changes.bounded() is changes
