import json

import pytest

from ops_dashboard.domain.alerts.handling import dismiss, snooze
from ops_dashboard.domain.alerts.sample import Key
from ops_dashboard.domain.alerts.state import Mute, State, from_dict, to_dict
from ops_dashboard.domain.status import Status
from tests.unit.domain.alerts.play import PROMPT, STATUS, Play, opened


def test_all_of_it_survives_as_json() -> None:
    play = Play(PROMPT, mute=Mute(Key("cause", "search"), "muted: module search is down"))
    play.sees(7.0)
    play.does(snooze(play.state, play.now, "ana", play.now + 60, "later"))
    play.does(dismiss(play.state, play.now, "ben", "known"))
    saved = json.loads(json.dumps(to_dict(play.state)))
    assert from_dict(saved) == play.state


def test_a_status_comes_back_as_a_status() -> None:
    state = opened(STATUS, Status.DOWN).state
    restored = from_dict(to_dict(state))
    assert restored.value is Status.DOWN
    assert restored.incident is not None
    assert restored.incident.peak is Status.DOWN


def test_what_a_later_version_added_is_ignored() -> None:
    assert from_dict({**to_dict(State(Key("errors"))), "mood": "bright"}) == State(Key("errors"))


@pytest.mark.parametrize(
    "saved", [None, [], {}, {"key": ["errors", "", ""]}, {"key": ["errors"], "condition": "odd"}]
)
def test_what_is_no_state_is_refused(saved: object) -> None:
    with pytest.raises(ValueError):
        from_dict(saved)
