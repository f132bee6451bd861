"""What this process judged before the database came, and what an earlier process left there."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ops_dashboard.domain.alerts.sample import Key
from ops_dashboard.domain.alerts.state import Handled, Incident, State


@dataclass(frozen=True, slots=True)
class Merged:
    """The states that hold. What happened to ``theirs`` here is void, but for what people did to ``handled``."""

    states: dict[Key, State]
    theirs: frozenset[Key]
    handled: frozenset[Key]


def merged(mine: Mapping[Key, State], stored: Mapping[Key, State]) -> Merged:
    """What holds of ``mine`` and ``stored``.

    The stored state holds: it knows when an incident really began, who takes care of it, and that people were
    told. Two exceptions: an incident that opened here meanwhile is not forgotten, and neither is what people
    did about one.
    """
    states, theirs, handled = dict(mine), set[Key](), set[Key]()
    for key, found in stored.items():
        ours, truth = _incident(mine.get(key)), found.incident
        if ours is not None and truth is None:
            continue
        theirs.add(key)
        if ours is not None and truth is not None and _is_new(truth) and not _is_new(ours):
            incident = replace(truth, handling=ours.handling, acknowledged=ours.acknowledged)
            states[key] = replace(found, incident=incident)
            handled.add(key)
        else:
            states[key] = found
    return Merged(states, frozenset(theirs), frozenset(handled))


def _is_new(incident: Incident) -> bool:
    return incident.handling.state is Handled.NEW


def _incident(state: State | None) -> Incident | None:
    return state.incident if state else None
