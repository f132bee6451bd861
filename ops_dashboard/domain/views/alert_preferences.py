"""Alert preferences: every rule with what people may change of it, as saved or as typed meanwhile."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ops_dashboard.domain.alerts.defaults import DEFAULT_RULES
from ops_dashboard.domain.alerts.preferences import check
from ops_dashboard.domain.alerts.rule import Rule
from ops_dashboard.domain.alerts.severity import Severity

Draft = Mapping[str, str | bool]
"""What was typed of one rule and is not saved: ``{field: text, or whether it is on}``."""
ENABLED, FOR = "enabled", "for_seconds"
NO_DATA = "no_data"
_DEFAULTS = {rule.id: rule for rule in DEFAULT_RULES}
_SIDES = {"below": " below", "rise": ", rise above"}
_UNITS = {"duration": "s", "count": ""}
_HELD = "For at least"


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One number that may be changed. ``id`` is unique on the page."""

    id: str
    name: str
    label: str
    text: str
    unit: str
    problem: str = ""
    """Why the text cannot be taken; empty while it can."""


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule."""

    id: str
    title: str
    enabled: bool
    fields: tuple[FieldRow, ...]
    firing: str = ""
    """The severity with which it would be firing now; empty for none."""
    preview: str = ""
    """The same in words."""
    problem: str = ""
    """What is wrong with the rule as a whole."""
    changed: bool = False
    """Whether something typed is not saved."""
    custom: bool = False
    """Whether what is saved differs from the defaults."""


def rule_row(rule: Rule, draft: Draft, firing_now: Callable[[Rule], str]) -> RuleRow:
    """``rule`` as it is saved, with ``draft`` over it.

    ``firing_now`` tells the severity with which a rule would fire now, :data:`NO_DATA`, or nothing.
    """
    checked = check(rule, draft)
    problems = checked.problems
    levels = sorted(rule.levels, key=lambda level: -level.severity.rank)
    numbers = {level.severity.value: level.at for level in levels} | {FOR: rule.for_seconds}
    fields = tuple(_field(rule, name, value, draft, problems) for name, value in numbers.items())
    enabled = draft.get(ENABLED, rule.enabled) is True
    firing = "" if problems or not enabled else firing_now(checked.rule)
    return RuleRow(
        id=rule.id,
        title=rule.title,
        enabled=enabled,
        fields=fields,
        firing=firing if firing != NO_DATA else "",
        preview=_preview(firing, enabled=enabled, wrong=bool(problems)),
        problem=problems.get(ENABLED, ""),
        changed=bool(problems or to_save(rule, draft)),
        custom=_values(rule) != _values(_DEFAULTS.get(rule.id, rule)),
    )


def to_save(rule: Rule, draft: Draft) -> dict[str, float | bool]:
    """The fields of ``rule`` that ``draft`` gives another value, with those values; none while anything is wrong."""
    checked = check(rule, draft)
    before, after = _values(rule), _values(checked.rule)
    return {name: after[name] for name in after if after[name] != before[name]}


def is_field(rule: Rule, name: object) -> bool:
    """Whether people may change a field of this name."""
    return isinstance(name, str) and name in _values(rule)


def changed_words(before: Rule, after: Rule) -> str:
    """What people have changed of a rule, from what to what: "Warning above 5 → 6 %, switched off"; or nothing."""
    old, new = _values(before), _values(after)
    return ", ".join(_changed(after, name, old[name], new[name]) for name in new if old[name] != new[name])


def number_text(value: float) -> str:
    """A number as one would type it.

    >>> number_text(1800.0), number_text(0.8)
    ('1800', '0.8')
    """
    return f"{value:.10g}" if value != int(value) else str(int(value))


def _preview(firing: str, *, enabled: bool, wrong: bool) -> str:
    if not enabled:
        return "no, it is switched off"
    if wrong:
        return "cannot be told"
    return {"": "no", NO_DATA: "no data"}.get(firing, f"yes, {firing}")


def _changed(rule: Rule, name: str, old: float, new: float) -> str:
    if name == ENABLED:
        return "switched on" if new else "switched off"
    return f"{_label(rule, name)} {number_text(old)} → {number_text(new)} {_unit(rule, name)}".rstrip()


def _label(rule: Rule, name: str) -> str:
    return _HELD if name == FOR else f"{Severity(name).word}{_SIDES.get(rule.op, ' above')}"


def _unit(rule: Rule, name: str) -> str:
    return "s" if name == FOR else _UNITS.get(rule.unit, rule.unit)


def _field(rule: Rule, name: str, value: float, draft: Draft, problems: Mapping[str, str]) -> FieldRow:
    saved = number_text(value)
    text = draft.get(name, saved)
    return FieldRow(
        id=f"alert-{rule.id}-{name}",
        name=name,
        label=_label(rule, name),
        text=text if isinstance(text, str) else saved,
        unit=_unit(rule, name),
        problem=problems.get(name, ""),
    )


def _values(rule: Rule) -> dict[str, float | bool]:
    """All that people may change."""
    levels = {level.severity.value: level.at for level in rule.levels}
    return {ENABLED: rule.enabled, **levels, FOR: rule.for_seconds}
