"""Two who know of the same alerts: what this process judged, and what it finds in the database."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from ops_dashboard.domain.alerts.event import Event
from ops_dashboard.domain.alerts.message import message
from ops_dashboard.domain.alerts.rule import Rule
from ops_dashboard.domain.alerts.sample import Key
from ops_dashboard.domain.alerts.state import Condition, Handled, Incident, State


@dataclass(frozen=True, slots=True)
class Merged:
    """The states that hold. What happened to ``theirs`` here is void, but for what people did to ``handled``."""

    states: dict[Key, State]
    theirs: frozenset[Key]
    handled: frozenset[Key]


def merged(mine: Mapping[Key, State], written: Mapping[Key, State], stored: Mapping[Key, State]) -> Merged:
    """What holds of ``mine``, written as ``written`` when that was last done, and ``stored`` now.

    What nobody wrote since is newer here. Of the rest the stored one holds: it knows when an incident really
    began, who takes care of it, and that people were told. Two exceptions, for a database that came late: an
    incident that opened here meanwhile is not forgotten, and neither is what people did about one.
    """
    states, theirs, handled = dict(mine), set[Key](), set[Key]()
    for key in stored.keys() | written.keys():
        found = stored.get(key)
        if found == written.get(key):
            continue
        ours, truth = _incident(mine.get(key)), _incident(found)
        if ours is not None and truth is None and key not in written:
            continue
        theirs.add(key)
        if found is None:
            states.pop(key, None)
        elif ours is not None and truth is not None and _is_new(truth) and not _is_new(ours):
            states[key] = replace(found, incident=replace(truth, handling=ours.handling))
            handled.add(key)
        else:
            states[key] = found
    return Merged(states, frozenset(theirs), frozenset(handled))


def told_elsewhere(
    rules: Mapping[str, Rule], before: Mapping[Key, State], after: Mapping[Key, State], now: float
) -> Iterator[Event]:
    """What another process told its tabs between the two, and those of this one have yet to hear."""
    for key, state in after.items():
        incident, known, rule = state.incident, _incident(before.get(key)), rules.get(key.rule_id)
        if rule is None or incident is None or incident.announced is None or not _is_loud(state, incident):
            continue
        if incident.announced.worse_than(known.announced if known else None):
            text = message(rule, state)
            yield Event("announced", key, now, incident.severity, text=text, interrupts=True)


def _is_loud(state: State, incident: Incident) -> bool:
    return state.condition is Condition.FIRING and incident.mute is None and _is_new(incident)


def _is_new(incident: Incident) -> bool:
    return incident.handling.state is Handled.NEW


def _incident(state: State | None) -> Incident | None:
    return state.incident if state else None
