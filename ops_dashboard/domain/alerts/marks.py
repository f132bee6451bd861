"""The incidents as marks on the charts: those that are open, and the latest that ended."""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from ops_dashboard.domain.alerts.event import Event
from ops_dashboard.domain.alerts.history import IncidentRow
from ops_dashboard.domain.alerts.rule import Rule
from ops_dashboard.domain.alerts.sample import Key
from ops_dashboard.domain.alerts.severity import Severity

MOST_ENDED = 500
EVERY_CHART = "*"
"""The metric of a mark that belongs on every chart."""


@dataclass(frozen=True, slots=True)
class IncidentMark:
    """One incident of one figure. Unix seconds; ``until`` is 0 while it is open."""

    metric: str
    """The key of the figure that was judged; empty for a rule about no number with a past."""
    severity: Severity
    at: float
    until: float
    label: str


class IncidentMarks:
    """The marks of all incidents, kept up by the events."""

    def __init__(self) -> None:
        self._open: dict[Key, IncidentMark] = {}
        self._ended: deque[IncidentMark] = deque(maxlen=MOST_ENDED)

    def take(self, key: Key, mark: IncidentMark) -> None:
        """Take in an incident that was known before: open, or ended."""
        if mark.until:
            self._ended.append(mark)
        else:
            self._open[key] = mark

    def note(self, events: Iterable[Event], rules: Mapping[str, Rule]) -> None:
        """Take in what happened, oldest first."""
        for event in events:
            known = self._open.get(event.key)
            rule = rules.get(event.key.rule_id)
            if event.kind == "opened" and rule is not None:
                metric = _metric(rule, event.key)
                self._open[event.key] = IncidentMark(metric, event.severity, event.at, 0.0, event.text)
            elif event.kind == "escalated" and known is not None:
                self._open[event.key] = replace(known, severity=event.severity, label=event.text)
            elif event.kind == "resolved" and known is not None:
                del self._open[event.key]
                self._ended.append(replace(known, until=event.at))

    def after(self, moment: float) -> tuple[IncidentMark, ...]:
        """Those that were open at any time after ``moment`` (unix seconds), oldest first."""
        ended = (mark for mark in self._ended if mark.until > moment)
        return tuple(sorted((*ended, *self._open.values()), key=lambda mark: mark.at))


def _metric(rule: Rule, key: Key) -> str:
    return EVERY_CHART if rule.on_every_chart else rule.metric_of(key.target)


def recalled(rows: Iterable[IncidentRow], rules: Mapping[str, Rule]) -> IncidentMarks:
    """The marks of incidents from the history, oldest first; of rules that are no more there are none."""
    marks = IncidentMarks()
    for row in rows:
        if (rule := rules.get(row.rule_id)) is not None:
            metric = _metric(rule, Key(row.rule_id, row.target))
            mark = IncidentMark(metric, row.worst, row.opened_at, row.resolved_at or 0.0, row.message)
            marks.take(Key(row.rule_id, row.target), mark)
    return marks
