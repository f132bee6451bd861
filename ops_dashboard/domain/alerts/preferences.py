"""What people may change of a rule, checked field by field."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from ops_dashboard.domain.alerts.defaults import DEFAULT_RULES
from ops_dashboard.domain.alerts.message import said
from ops_dashboard.domain.alerts.rule import Level, Rule
from ops_dashboard.domain.series.points import is_value, rounded
from ops_dashboard.domain.units import Unit

LONGEST_FOR = 3600.0
HIGHEST: dict[Unit, float] = {"%": 100.0, "duration": 7 * 86400.0}
"""The greatest threshold by unit; where it is not listed:"""
HIGHEST_OF_OTHERS = 1e9
_LONGEST_NUMBER = 40


@dataclass(frozen=True, slots=True)
class Checked:
    """A changed rule, or why it cannot be: a sentence for each field that is wrong.

    The fields are ``enabled``, ``for_seconds``, and the name of each severity that the rule has a threshold for.
    """

    rule: Rule
    """The rule with the changes; as it was when there are problems."""
    problems: dict[str, str]


def rules_with(preferences: Mapping[str, object]) -> tuple[Rule, ...]:
    """The default rules with saved preferences, ``{rule id: {field: value}}``, applied.

    What does not pass :func:`check` leaves its rule at the defaults; unknown ids and fields have no effect.
    """
    return tuple(check(rule, preferences.get(rule.id, {})).rule for rule in DEFAULT_RULES)


def check(rule: Rule, changes: object) -> Checked:
    """``rule`` with ``changes``, ``{field: value}``: numbers, or text as typed. Absent fields stay as they are."""
    if not isinstance(changes, Mapping):
        return Checked(rule, {"enabled": "The saved settings of this rule cannot be read."})
    problems: dict[str, str] = {}
    enabled = changes.get("enabled", rule.enabled)
    if not isinstance(enabled, bool):
        problems["enabled"] = "On or off is expected here."
    held = _number("for_seconds", changes, rule.for_seconds, problems)
    if "for_seconds" not in problems and not 0 <= held <= LONGEST_FOR:
        problems["for_seconds"] = f"Must be from 0 to {LONGEST_FOR:,.0f} s."
    levels = tuple(_level(rule, level, changes, problems) for level in rule.levels)
    if not problems:
        problems |= _order(rule, levels, changes)
    if problems:
        return Checked(rule, problems)
    return Checked(replace(rule, enabled=enabled is True, for_seconds=held, levels=levels), {})


def _level(rule: Rule, level: Level, changes: Mapping[str, object], problems: dict[str, str]) -> Level:
    field = level.severity.value
    at = _number(field, changes, level.at, problems)
    if field not in problems and (sentence := _out_of_range(rule, at)):
        problems[field] = sentence
    return (
        level if field in problems or at == level.at else Level(level.severity, at, _clear(rule, level, at))
    )


def _clear(rule: Rule, level: Level, at: float) -> float:
    """As far from the new threshold, in proportion, as it was from the old one."""
    moved = rounded(at * level.clear / level.at) if level.at else at
    return min(moved, _highest(rule.unit))


def _out_of_range(rule: Rule, at: float) -> str:
    """A threshold that no value can lie beyond would be a rule that never fires."""
    highest = said(_highest(rule.unit), rule.unit)
    if rule.op == "below":
        return "" if 0 < at <= _highest(rule.unit) else f"Must be above 0 and at most {highest}."
    return "" if 0 <= at < _highest(rule.unit) else f"Must be at least 0 and below {highest}."


def _order(rule: Rule, levels: tuple[Level, ...], changes: Mapping[str, object]) -> dict[str, str]:
    """The worse of two severities must lie beyond the other; said beside a field that was changed."""
    word, sign = ("lower", -1) if rule.op == "below" else ("higher", 1)
    for worse, milder in pairwise(levels):
        if sign * worse.at <= sign * milder.at:
            if worse.severity.value in changes:
                limit = said(milder.at, rule.unit)
                return {
                    worse.severity.value: f"Must be {word} than the {milder.severity} threshold, {limit}."
                }
            limit, opposite = said(worse.at, rule.unit), "higher" if sign < 0 else "lower"
            return {
                milder.severity.value: f"Must be {opposite} than the {worse.severity} threshold, {limit}."
            }
    return {}


def _number(field: str, changes: Mapping[str, object], default: float, problems: dict[str, str]) -> float:
    given = changes.get(field, default)
    number = _from_text(given) if isinstance(given, str) else given
    if not is_value(number):
        problems[field] = "Must be a number, such as 7.5."
        return default
    return float(number)


def _from_text(text: str) -> float | None:
    try:
        return float(text) if len(text) <= _LONGEST_NUMBER else None
    except ValueError:
        return None


def _highest(unit: Unit) -> float:
    return HIGHEST.get(unit, HIGHEST_OF_OTHERS)
