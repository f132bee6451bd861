"""Active alerts: the open incidents as rows, worst first, those with one cause together."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ops_dashboard.domain.alerts.grouping import Group, grouped
from ops_dashboard.domain.alerts.rule import Rule
from ops_dashboard.domain.alerts.sample import Key
from ops_dashboard.domain.alerts.severity import Severity
from ops_dashboard.domain.alerts.state import Handled, Incident, State
from ops_dashboard.domain.views.alert_places import alert_counts, section_counts
from ops_dashboard.domain.views.alert_rows import AlertRow, alert_row

MOST_ROWS = 200
"""More than these nobody reads at once; the worst are shown, and the rest is counted."""
MOST_DRAWN = 20
"""Beyond so many rows their sparklines would be most of what every tab is sent."""

Sparklines = Callable[[str], str]
"""The path of the last hour of a metric, by its key; empty where there is none."""


@dataclass(frozen=True, slots=True)
class AlertGroup:
    """Alerts with one cause; most groups have one row."""

    key: str = ""
    title: str = ""
    """The message of the first row, or the rule's title with the count."""
    severity: str = ""
    severity_word: str = ""
    alike: bool = False
    """Whether the rows are many of one rule; else the first row explains the others."""
    waiting: int = 0
    """How many of the rows nobody handles yet."""
    rows: tuple[AlertRow, ...] = ()


@dataclass(frozen=True, slots=True)
class AlertsView:
    """Everything open. As it stands by default nothing is known yet."""

    groups: tuple[AlertGroup, ...] = ()
    critical: int = 0
    """How many wait for somebody: neither handled nor muted. ``warning`` and ``info`` likewise."""
    warning: int = 0
    info: int = 0
    quiet: int = 0
    """How many are open, but handled or muted."""
    more: int = 0
    """How many of the open ones are not among the rows, because there are too many."""
    dismissed: tuple[AlertRow, ...] = ()
    sentence: str = ""
    """How many there are, in words; changes with the counts alone. Empty while nothing is known."""
    modules: dict[str, int] = field(default_factory=dict)
    """How many are open about each module or component, by its name."""
    sections: dict[str, int] = field(default_factory=dict)
    """How many are open in each section, by its key."""
    unsaved: str = ""
    """Why what happens here would be lost by a restart; empty while it is saved."""
    damaged: str = ""
    """What of the saved alerts and rules could not be read at the start; empty if all could."""


def alerts_view(
    rules: Sequence[Rule],
    states: Mapping[Key, State],
    ids: Mapping[Key, int],
    sparklines: Sparklines,
    now: float,
    unsaved: str = "",
    damaged: str = "",
) -> AlertsView:
    """The open incidents of ``states`` at ``now`` (unix seconds); ``ids`` are those under which they are saved."""
    by_id = {rule.id: rule for rule in rules}
    opened = {key: s.incident for key, s in states.items() if s.incident and key.rule_id in by_id}
    away = {key for key, incident in opened.items() if incident.handling.state is Handled.DISMISSED}
    waiting = Counter(incident.severity for incident in opened.values() if _waits(incident))
    quiet = len(opened) - waiting.total()

    def row(state: State) -> AlertRow:
        return alert_row(by_id[state.key.rule_id], state, ids.get(state.key, 0), now)

    groups: list[AlertGroup] = []
    left = MOST_ROWS
    for group in grouped(rules, (states[key] for key in opened if key not in away)):
        if left:
            groups.append(_group(group, tuple(map(row, group.members[:left]))))
            left -= len(groups[-1].rows)
    dismissed = tuple(row(states[key]) for key in sorted(away)[:MOST_ROWS])
    return AlertsView(
        groups=_drawn(groups, by_id, sparklines),
        critical=waiting[Severity.CRITICAL],
        warning=waiting[Severity.WARNING],
        info=waiting[Severity.INFO],
        quiet=quiet,
        more=len(opened) - sum(len(group.rows) for group in groups) - len(dismissed),
        dismissed=dismissed,
        sentence=_sentence(waiting, quiet),
        modules=alert_counts(states),
        sections=section_counts(states),
        unsaved=unsaved,
        damaged=damaged,
    )


def active_rows(view: AlertsView) -> Iterator[AlertRow]:
    """The rows of all groups, in their order."""
    for group in view.groups:
        yield from group.rows


def _waits(incident: Incident) -> bool:
    return incident.handling.state is Handled.NEW and incident.mute is None


def _group(group: Group, rows: tuple[AlertRow, ...]) -> AlertGroup:
    first = rows[0]
    alike = len(group.members) > 1 and group.title != first.message
    return AlertGroup(
        key=first.rule_id if alike else first.key,
        title=group.title,
        severity=group.severity.value,
        severity_word=group.severity.word,
        alike=alike,
        waiting=sum(row.handled == Handled.NEW for row in rows),
        rows=rows,
    )


def _drawn(
    groups: Sequence[AlertGroup], rules: Mapping[str, Rule], sparklines: Sparklines
) -> tuple[AlertGroup, ...]:
    """The groups, their first rows with the last hour of what they judge."""
    left = MOST_DRAWN
    drawn: list[AlertGroup] = []
    for group in groups:
        rows = []
        for row in group.rows:
            metric = rules[row.rule_id].metric_of(row.target) if left > 0 else ""
            rows.append(replace(row, sparkline=sparklines(metric)) if metric else row)
            left -= 1
        drawn.append(replace(group, rows=tuple(rows)))
    return tuple(drawn)


def _sentence(counts: Counter[Severity], quiet: int) -> str:
    critical, warning, info = (
        counts[severity] for severity in (Severity.CRITICAL, Severity.WARNING, Severity.INFO)
    )
    kinds = (
        f"{critical:,} critical" if critical else "",
        f"{warning:,} warning{'' if warning == 1 else 's'}" if warning else "",
        f"{info:,} info" if info else "",
    )
    told = ", ".join(filter(None, kinds)) or ("No new alerts" if quiet else "No active alerts")
    return f"{told}, {quiet:,} handled or muted." if quiet else f"{told}."
