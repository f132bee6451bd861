"""Open incidents as a list to read: worst first, and those that share a cause together."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ops_dashboard.domain.alerts.message import message
from ops_dashboard.domain.alerts.rule import Rule
from ops_dashboard.domain.alerts.sample import Key
from ops_dashboard.domain.alerts.severity import Severity
from ops_dashboard.domain.alerts.state import Handled, Incident, State

FEWEST_OF_A_RULE = 3
"""So many incidents of one rule have, as far as one can tell, one cause."""

_HANDLED = tuple(Handled)


@dataclass(frozen=True, slots=True)
class Group:
    """Incidents with one cause, worst first but for the cause itself; most groups have one member."""

    title: str
    """The message of the cause, or the rule's title with the count."""
    severity: Severity
    members: tuple[State, ...]


def grouped(rules: Sequence[Rule], states: Iterable[State]) -> tuple[Group, ...]:
    """The open incidents, worst group first; within a severity those that nobody handles, then the oldest."""
    by_id = {rule.id: rule for rule in rules}
    opened = {state.key: state for state in states if state.incident and state.key.rule_id in by_id}
    roots = {key: _root(key, opened) for key in opened}
    causes = {root for key, root in roots.items() if root != key}
    alike = Counter(key.rule_id for key, root in roots.items() if key == root and key not in causes)
    groups: dict[Key | str, list[State]] = {}
    for state in sorted(opened.values(), key=_urgency):
        root = roots[state.key]
        alone = root in causes or alike[root.rule_id] < FEWEST_OF_A_RULE
        groups.setdefault(root if alone else root.rule_id, []).append(state)
    made = (_group(name, members, by_id) for name, members in groups.items())
    return tuple(sorted(made, key=lambda group: _urgency(group.members[0])))


def _group(name: Key | str, members: list[State], rules: Mapping[str, Rule]) -> Group:
    severity = min((_incident(state).severity for state in members), key=lambda one: one.rank)
    if isinstance(name, str):
        return Group(f"{rules[name].title}: {len(members):,}", severity, tuple(members))
    members.sort(key=lambda state: state.key != name)
    return Group(message(rules[name.rule_id], members[0]), severity, tuple(members))


def _root(key: Key, opened: Mapping[Key, State]) -> Key:
    """What explains ``key``, and explains what explains it; itself where nothing does."""
    seen = {key}
    while (mute := _incident(opened[key]).mute) and mute.cause in opened and mute.cause not in seen:
        key = mute.cause
        seen.add(key)
    return key


def _urgency(state: State) -> tuple[int, int, float, Key]:
    incident = _incident(state)
    return (
        incident.severity.rank,
        _HANDLED.index(incident.handling.state),
        incident.opened_at,
        state.key,
    )


def _incident(state: State) -> Incident:
    if state.incident is None:
        raise ValueError(f"{state.key} has no open incident")
    return state.incident
