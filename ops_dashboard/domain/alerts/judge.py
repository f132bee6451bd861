"""One sample judged by one rule."""

from collections.abc import Iterable
from dataclasses import dataclass

from ops_dashboard.domain.alerts.rule import Level, Rule
from ops_dashboard.domain.alerts.sample import Sample, Value
from ops_dashboard.domain.alerts.severity import Severity
from ops_dashboard.domain.alerts.state import Incident, State
from ops_dashboard.domain.series.points import is_value
from ops_dashboard.domain.status import Status


@dataclass(frozen=True, slots=True)
class Verdict:
    """The value as the rule takes it (of a counter: its growth), and how bad it is; None for not at all."""

    value: Value
    severity: Severity | None


def judge(rule: Rule, sample: Sample, state: State) -> Verdict | None:
    """Judge ``sample``; None where it tells nothing: old, missing, no number, or a breach by too few requests.

    Without any traffic nothing is wrong any more, whatever was measured before.
    """
    value = _measured(rule, sample, state) if sample.fresh else None
    if sample.fresh and sample.traffic == 0:
        value = state.value if value is None else value
        return None if value is None else Verdict(value, None)
    if value is None:
        return None
    incident = state.incident
    current = None if incident is None or rule_changed(rule, incident) else incident.severity
    severity = _severity(rule, value, current)
    if severity and sample.traffic is not None and sample.traffic < rule.minimum_traffic:
        return None
    return Verdict(value, severity)


def would_fire(rule: Rule, sample: Sample) -> Severity | None:
    """The severity with which ``sample`` would fire now were it the first, whatever ``for_seconds`` says."""
    verdict = judge(rule, sample, State(sample.key))
    return verdict.severity if verdict else None


def rule_changed(rule: Rule, incident: Incident) -> bool:
    """Whether the threshold that ``incident`` was judged by is another one now."""
    return threshold(rule, incident.severity) != incident.threshold


def threshold(rule: Rule, severity: Severity) -> float | None:
    """Where a severity begins; None for a status."""
    level = rule.level(severity)
    return level.at if level else None


def beyond(rule: Rule, value: float, limit: float) -> bool:
    """Whether ``value`` lies on the bad side of ``limit``; the limit itself does not."""
    return value < limit if rule.op == "below" else value > limit


def worse(rule: Rule, value: Value, other: Value) -> bool:
    """Whether ``value`` is the worse one."""
    if isinstance(value, Status) or isinstance(other, Status):
        return isinstance(value, Status) and isinstance(other, Status) and value.rank < other.rank
    return beyond(rule, value, other)


def _measured(rule: Rule, sample: Sample, state: State) -> Value | None:
    value = sample.value
    if rule.op == "status":
        return value if isinstance(value, Status) and value is not Status.UNKNOWN else None
    if isinstance(value, Status) or not is_value(value):
        return None
    return _growth(value, sample, state) if rule.op == "rise" else value


def _growth(value: float, sample: Sample, state: State) -> float:
    """Growth since the sample before; a counter that fell back was reset, and has not grown."""
    if state.counter is None:
        return 0.0
    if sample.at == state.sampled_at and is_value(state.value):
        return state.value
    return max(0.0, value - state.counter)


def _severity(rule: Rule, value: Value, current: Severity | None) -> Severity | None:
    if isinstance(value, Status):
        return rule.statuses.get(value)
    return next((level.severity for level in rule.levels if _holds(rule, level, value, current)), None)


def _holds(rule: Rule, level: Level, value: float, current: Severity | None) -> bool:
    """Beyond the threshold; for a severity that held before, not yet back within its clear level."""
    held_before = current is not None and not level.severity.worse_than(current)
    return beyond(rule, value, level.at) or (held_before and beyond(rule, value, level.clear))


def firing_now(rule: Rule, samples: Iterable[Sample]) -> str:
    """The severity with which ``rule`` would fire now, "no_data" where there is none, or nothing."""
    judged = [sample for sample in samples if sample.key.rule_id == rule.id]
    if not any(sample.fresh and sample.value is not None for sample in judged):
        return "no_data"
    found = [severity for sample in judged if (severity := would_fire(rule, sample))]
    return min(found, key=lambda severity: severity.rank).value if found else ""
