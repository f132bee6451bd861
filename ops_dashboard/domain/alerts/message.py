"""What an alert says: the value, the threshold it passed, and how long it has lasted."""

from collections.abc import Iterable

from ops_dashboard.domain.alerts.judge import beyond
from ops_dashboard.domain.alerts.rule import Rule
from ops_dashboard.domain.alerts.sample import Value
from ops_dashboard.domain.alerts.severity import Severity
from ops_dashboard.domain.alerts.state import Condition, Incident, State
from ops_dashboard.domain.status import Status
from ops_dashboard.domain.units import Unit, duration, quantity

_SIGNS = {"above": ">", "rise": ">", "below": "<"}


def message(rule: Rule, state: State) -> str:
    """One sentence about an open incident: "Error rate is 9.1 % (> 5 %)"."""
    if state.condition is Condition.RECOVERING:
        return _recovered(rule, state)
    severity = state.incident.severity if state.incident else None
    bounds = _bounds(rule, state.value, severity)
    text = f"{cause(rule, state)}{f' ({bounds})' if bounds else ''}"
    headline = state.detail.partition("\n")[0]
    text = f"{text}: {headline}" if headline else text
    return text if state.known else f"{text}, when last read"


def cause(rule: Rule, state: State) -> str:
    """The same in short, as a reason for other alerts: "Module search is down"."""
    return rule.phrase.format(
        target=state.label or state.key.target, value=said(state.value, rule.unit, levels(rule))
    )


def lasting(incident: Incident) -> str:
    """How long an incident has been open: "for 2 min"."""
    return f"for {duration(incident.age)}"


def said(value: Value | None, unit: Unit, bounds: Iterable[float] = ()) -> str:
    """A value with its unit, or a status word; rounding does not take it to one of ``bounds``."""
    if value is None:
        return "unknown"
    if isinstance(value, Status):
        return value.word.lower()
    shown = quantity(value, unit, bounds)
    return f"{shown.text} {shown.unit}".strip()


def levels(rule: Rule) -> tuple[float, ...]:
    """Where a severity of ``rule`` begins or ends."""
    return tuple(bound for level in rule.levels for bound in (level.at, level.clear))


def _recovered(rule: Rule, state: State) -> str:
    if isinstance(state.value, float | int) and any(beyond(rule, state.value, one.at) for one in rule.levels):
        was = said(state.value, rule.unit, levels(rule))
        return f"{rule.title}: {state.detail or 'nothing is measured'} any more; it was {was}"
    phrase = rule.cleared or f"{rule.phrase} again"
    return phrase.format(
        target=state.label or state.key.target, value=said(state.value, rule.unit, levels(rule))
    )


def _bounds(rule: Rule, value: Value | None, severity: Severity | None) -> str:
    level = rule.level(severity) if severity else None
    if level is None or value is None or isinstance(value, Status) or level.at == 0:
        return ""
    if beyond(rule, value, level.at):
        return f"{_SIGNS[rule.op]} {said(level.at, rule.unit)}"
    if beyond(rule, value, level.clear):
        return f"still {'below' if rule.op == 'below' else 'above'} {said(level.clear, rule.unit)}"
    return f"was {_SIGNS[rule.op]} {said(level.at, rule.unit)}"
