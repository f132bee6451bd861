"""What an alert says: the value, the threshold it passed, and how long it has lasted."""

from ops_dashboard.domain.alerts.judge import beyond
from ops_dashboard.domain.alerts.rule import Rule
from ops_dashboard.domain.alerts.sample import Value
from ops_dashboard.domain.alerts.severity import Severity
from ops_dashboard.domain.alerts.state import Condition, Incident, State
from ops_dashboard.domain.status import Status
from ops_dashboard.domain.units import Unit, duration, quantity

_PLAIN = ("%", "ms", "/s", "count", "tasks")
"""Units whose numbers are shown as they are."""
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
    limit = _limit(rule, state.incident.severity if state.incident else None)
    return rule.phrase.format(
        target=state.label or state.key.target, value=_said(state.value, rule.unit, limit)
    )


def lasting(incident: Incident) -> str:
    """How long an incident has been open: "for 2 min"."""
    return f"for {duration(incident.age)}"


def said(value: Value | None, unit: Unit) -> str:
    """A value with its unit, or a status word."""
    return _said(value, unit, None)


def _recovered(rule: Rule, state: State) -> str:
    phrase = rule.cleared or f"{rule.phrase} again"
    return phrase.format(target=state.label or state.key.target, value=said(state.value, rule.unit))


def _bounds(rule: Rule, value: Value | None, severity: Severity | None) -> str:
    level = rule.level(severity) if severity else None
    if level is None or value is None or isinstance(value, Status) or level.at == 0:
        return ""
    if beyond(rule, value, level.at):
        return f"{_SIGNS[rule.op]} {said(level.at, rule.unit)}"
    if beyond(rule, value, level.clear):
        return f"still {'below' if rule.op == 'below' else 'above'} {said(level.clear, rule.unit)}"
    return f"was {_SIGNS[rule.op]} {said(level.at, rule.unit)}"


def _limit(rule: Rule, severity: Severity | None) -> float | None:
    level = rule.level(severity) if severity else None
    return level.at if level else None


def _said(value: Value | None, unit: Unit, limit: float | None) -> str:
    """With more digits where rounding would make the value look like its limit."""
    if value is None:
        return "unknown"
    if isinstance(value, Status):
        return value.word.lower()
    shown = quantity(value, unit)
    if limit is not None and value != limit and quantity(limit, unit).text == shown.text:
        return f"{_told_apart(value, limit)} {shown.unit}".strip() if unit in _PLAIN else shown.exact
    return f"{shown.text} {shown.unit}".strip()


def _told_apart(value: float, limit: float) -> str:
    """With as few significant digits as tell it from its limit."""
    texts = (f"{value:.{digits}g}" for digits in range(3, 8))
    return next((text for text in texts if float(text) != limit), f"{value:.7g}")
