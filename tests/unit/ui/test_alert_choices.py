"""What a browser keeps about being interrupted is checked when it is read."""

import json

import pytest

from tests.unit.ui.node import run

DEFAULTS = {
    "sound": True,
    "volume": 60,
    "soundFrom": "warning",
    "notifications": False,
    "notificationsFrom": "critical",
}
OTHERS = {
    "sound": False,
    "volume": 30,
    "soundFrom": "critical",
    "notifications": True,
    "notificationsFrom": "warning",
}


def _read(stored: str | None) -> object:
    return run("ops_alert_choices.js", f"return m.choicesOf({json.dumps(stored)})")


@pytest.mark.parametrize("stored", [None, "", "{", "null", "7", "[]", '"loud"', "{}"])
def test_without_choices_the_defaults_hold(stored: str | None):
    assert _read(stored) == DEFAULTS


def test_what_was_chosen_is_kept():
    assert _read(json.dumps(OTHERS)) == OTHERS


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("sound", "yes"),
        ("volume", 101),
        ("volume", 0),
        ("volume", 33.3),
        ("volume", "60"),
        ("soundFrom", "info"),
        ("soundFrom", None),
        ("notifications", 1),
        ("notificationsFrom", "constructor"),
    ],
)
def test_a_bad_choice_is_as_by_default_and_costs_none_of_the_others(name: str, value: object):
    assert _read(json.dumps(OTHERS | {name: value, "unheard": "of"})) == OTHERS | {name: DEFAULTS[name]}


def test_a_severity_reaches_what_is_no_worse():
    pairs = (
        '[["warning", "warning"], ["critical", "warning"], ["critical", "critical"], ["warning", "critical"]]'
    )
    said = run(
        "ops_alert_choices.js", f"return {pairs}.map(([severity, least]) => m.reaches(severity, least))"
    )
    assert said == [True, True, True, False]
