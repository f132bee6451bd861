"""Alert preferences: every rule with what people may change of it, as saved or as typed meanwhile."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ops_dashboard.domain.alerts.defaults import DEFAULT_RULES
from ops_dashboard.domain.alerts.preferences import check
from ops_dashboard.domain.alerts.rule import Level, Rule

Draft = Mapping[str, str | bool]
"""What was typed of one rule and is not saved: ``{field: text, or whether it is on}``."""
ENABLED, FOR = "enabled", "for_seconds"
NO_DATA = "no_data"
_DEFAULTS = {rule.id: rule for rule in DEFAULT_RULES}
_SIDES = {"below": " below", "rise": ", rise above"}
_UNITS = {"duration": "s", "count": ""}


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
    fields = (*(_threshold(rule, level, draft, problems) for level in levels), _held(rule, draft, problems))
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


def _threshold(rule: Rule, level: Level, draft: Draft, problems: Mapping[str, str]) -> FieldRow:
    name = level.severity.value
    label = f"{level.severity.word}{_SIDES.get(rule.op, ' above')}"
    return _field(rule, name, label, number_text(level.at), _UNITS.get(rule.unit, rule.unit), draft, problems)


def _held(rule: Rule, draft: Draft, problems: Mapping[str, str]) -> FieldRow:
    return _field(rule, FOR, "For at least", number_text(rule.for_seconds), "s", draft, problems)


def _field(
    rule: Rule, name: str, label: str, saved: str, unit: str, draft: Draft, problems: Mapping[str, str]
) -> FieldRow:
    text = draft.get(name, saved)
    return FieldRow(
        id=f"alert-{rule.id}-{name}",
        name=name,
        label=label,
        text=text if isinstance(text, str) else saved,
        unit=unit,
        problem=problems.get(name, ""),
    )


def _values(rule: Rule) -> dict[str, float | bool]:
    """All that people may change."""
    levels = {level.severity.value: level.at for level in rule.levels}
    return {ENABLED: rule.enabled, **levels, FOR: rule.for_seconds}
