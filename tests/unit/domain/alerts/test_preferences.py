import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops_dashboard.domain.alerts.defaults import DEFAULT_RULES
from ops_dashboard.domain.alerts.preferences import check, rules_with
from ops_dashboard.domain.alerts.rule import Rule
from ops_dashboard.domain.alerts.severity import Severity

RULES = {rule.id: rule for rule in DEFAULT_RULES}
ERRORS, CACHE, MODULES = RULES["error_rate"], RULES["cache_hit_rate"], RULES["module_status"]


def thresholds(rule: Rule) -> list[tuple[str, float, float]]:
    return [(level.severity.value, level.at, level.clear) for level in rule.levels]


def test_without_preferences_the_defaults_hold() -> None:
    assert rules_with({}) == DEFAULT_RULES


def test_saved_changes_are_applied_to_their_rule_alone() -> None:
    saved = json.loads(
        json.dumps({"error_rate": {"warning": 6, "critical": 20, "for_seconds": 90, "enabled": False}})
    )
    rules = {rule.id: rule for rule in rules_with(saved)}
    changed = rules.pop("error_rate")
    assert thresholds(changed) == [("critical", 20, 16), ("warning", 6, 4.8)]
    assert (changed.enabled, changed.for_seconds) == (False, 90)
    assert rules == {name: rule for name, rule in RULES.items() if name != "error_rate"}


@pytest.mark.parametrize(
    "saved",
    [
        {"weather": {"warning": 1}},
        {"error_rate": {"mood": 1}},
        {"error_rate": {"warning": "many"}},
        {"error_rate": {"warning": 12}},
        {"error_rate": None},
        {"error_rate": [1]},
        {"error_rate": {}},
    ],
)
def test_what_is_unknown_or_wrong_leaves_the_defaults(saved: dict[str, object]) -> None:
    assert rules_with(saved) == DEFAULT_RULES


@pytest.mark.parametrize(
    ("rule", "changes", "problems"),
    [
        (ERRORS, {}, {}),
        (ERRORS, {"warning": "7.5"}, {}),
        (ERRORS, {"warning": 0, "critical": 1}, {}),
        (ERRORS, {"for_seconds": 0}, {}),
        (ERRORS, {"for_seconds": 3600}, {}),
        (MODULES, {"enabled": False, "for_seconds": 5}, {}),
        (CACHE, {"info": 100}, {}),
        (ERRORS, {"warning": ""}, {"warning": "Must be a number, such as 7.5."}),
        (ERRORS, {"warning": "7,5"}, {"warning": "Must be a number, such as 7.5."}),
        (ERRORS, {"warning": True}, {"warning": "Must be a number, such as 7.5."}),
        (ERRORS, {"warning": None}, {"warning": "Must be a number, such as 7.5."}),
        (ERRORS, {"warning": math.nan}, {"warning": "Must be a number, such as 7.5."}),
        (ERRORS, {"critical": "inf"}, {"critical": "Must be a number, such as 7.5."}),
        (ERRORS, {"warning": "9" * 50}, {"warning": "Must be a number, such as 7.5."}),
        (ERRORS, {"warning": -1}, {"warning": "Must be at least 0 and below 100 %."}),
        (ERRORS, {"critical": 100}, {"critical": "Must be at least 0 and below 100 %."}),
        (CACHE, {"info": 0}, {"info": "Must be above 0 and at most 100 %."}),
        (CACHE, {"info": 101}, {"info": "Must be above 0 and at most 100 %."}),
        (ERRORS, {"for_seconds": -1}, {"for_seconds": "Must be from 0 to 3,600 s."}),
        (ERRORS, {"for_seconds": 3601}, {"for_seconds": "Must be from 0 to 3,600 s."}),
        (ERRORS, {"for_seconds": "soon"}, {"for_seconds": "Must be a number, such as 7.5."}),
        (ERRORS, {"enabled": "yes"}, {"enabled": "On or off is expected here."}),
        (ERRORS, {"critical": 4}, {"critical": "Must be higher than the warning threshold, 5 %."}),
        (ERRORS, {"critical": 5}, {"critical": "Must be higher than the warning threshold, 5 %."}),
        (ERRORS, {"warning": 12}, {"warning": "Must be lower than the critical threshold, 10 %."}),
        (
            ERRORS,
            {"warning": 12, "critical": 11},
            {"critical": "Must be higher than the warning threshold, 12 %."},
        ),
        (ERRORS, "off", {"enabled": "The saved settings of this rule cannot be read."}),
        (
            ERRORS,
            {"warning": "x", "critical": -1, "for_seconds": 1e9},
            {
                "warning": "Must be a number, such as 7.5.",
                "critical": "Must be at least 0 and below 100 %.",
                "for_seconds": "Must be from 0 to 3,600 s.",
            },
        ),
    ],
)
def test_each_field_has_its_own_sentence(rule: Rule, changes: object, problems: dict[str, str]) -> None:
    checked = check(rule, changes)
    assert checked.problems == problems
    assert not problems or checked.rule == rule


def test_a_changed_threshold_takes_its_clear_level_along() -> None:
    assert thresholds(check(CACHE, {"info": 80}).rule) == [("info", 80, 88)]
    assert thresholds(check(CACHE, {"info": 99}).rule) == [("info", 99, 100)]
    assert thresholds(check(RULES["jobs_failed"], {"warning": 3}).rule) == [("warning", 3, 3)]


def test_an_unchanged_threshold_keeps_its_clear_level() -> None:
    assert check(ERRORS, {"warning": 5, "critical": 10}).rule == ERRORS


FIELDS = ["enabled", "for_seconds", *Severity]
ANYTHING = (
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=50) | st.lists(st.none())
)


@given(st.sampled_from(DEFAULT_RULES), st.dictionaries(st.sampled_from(FIELDS), ANYTHING))
def test_whatever_is_accepted_is_a_rule_that_can_fire_and_clear(
    rule: Rule, changes: dict[str, object]
) -> None:
    checked = check(rule, changes)
    assert checked.problems.keys() <= changes.keys()
    for level in checked.rule.levels:
        assert math.isfinite(level.at)
        assert level.clear >= level.at if rule.op == "below" else level.clear <= level.at
