"""Which open incidents are explained by another one: they are shown with that reason, and interrupt nobody."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from ops_dashboard.domain.alerts.message import cause
from ops_dashboard.domain.alerts.rule import Rule
from ops_dashboard.domain.alerts.sample import Key, Sample
from ops_dashboard.domain.alerts.severity import Severity
from ops_dashboard.domain.alerts.state import Condition, Mute, State

_MODULE_SOURCE = "module_health."
"""The call about a module is named after it."""


def mute_of(key: Key, rules: Sequence[Rule], states: Mapping[Key, State]) -> Mute | None:
    """What mutes ``key`` now: the first critical incident that fires and explains it. None for nothing.

    ``rules`` in the order of their table; one that is recovering explains nothing any more.
    """
    for other in _causes(key, rules):
        state = states.get(other)
        if state is not None and _explains(state):
            said = cause(next(rule for rule in rules if rule.id == other.rule_id), state)
            return Mute(other, f"muted: {said[:1].lower()}{said[1:]}")
    return None


def lingering(before: Mute | None, sample: Sample, states: Mapping[Key, State], now: float) -> Mute | None:
    """What muted an incident ``before``, until its ``sample`` was received after the cause ended.

    What was read while the cause lasted tells of the cause: it is no news once that is over. ``states`` are those
    at ``now`` (unix seconds).
    """
    if before is None:
        return None
    cause = states.get(before.cause)
    ended_at = before.ended_at or (cause.sampled_at if cause else None) or now
    return None if sample.fresh and sample.at >= ended_at else replace(before, ended_at=ended_at)


def muted(rules: Sequence[Rule], states: Iterable[State]) -> dict[Key, str]:
    """Of all open incidents those that are muted, with the reason."""
    by_key = {state.key: state for state in states}
    found = ((key, mute_of(key, rules, by_key)) for key, state in by_key.items() if state.incident)
    return {key: mute.reason for key, mute in found if mute}


def _causes(key: Key, rules: Sequence[Rule]) -> Iterator[Key]:
    for rule in rules:
        if rule.id == key.rule_id:
            same = key.target.removeprefix(_MODULE_SOURCE)
            for one in rule.inhibited_by:
                if one.explains(key.target):
                    yield from (Key(one.rule_id, target) for target in one.targets or (same,))
            return
        if rule.inhibits_all:
            yield Key(rule.id)


def _explains(state: State) -> bool:
    incident = state.incident if state.condition is Condition.FIRING else None
    return incident is not None and incident.severity is Severity.CRITICAL
