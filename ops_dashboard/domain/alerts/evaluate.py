"""All rules judged at once, causes first: what one poll of the backend means for every alert."""

from collections.abc import Container, Iterable, Mapping, Sequence

from ops_dashboard.domain.alerts.engine import close, step
from ops_dashboard.domain.alerts.event import Event
from ops_dashboard.domain.alerts.inhibition import lingering, mute_of
from ops_dashboard.domain.alerts.rule import Rule
from ops_dashboard.domain.alerts.sample import Key, Sample
from ops_dashboard.domain.alerts.state import State

MOST_KEYS = 500
"""Names watched by one rule: a backend that keeps making them up must not fill the memory."""
NO_MORE = "It is not read any more."
GAVE_WAY = "The backend has stopped naming it, and names too many others to keep it."


def evaluate(
    rules: Sequence[Rule],
    states: Mapping[Key, State],
    samples: Iterable[Sample],
    now: float,
    clock_step: float = 0.0,
) -> tuple[dict[Key, State], tuple[Event, ...]]:
    """The states after ``samples``, and what happened. ``rules`` in the order of their table.
    ``clock_step`` is by how many seconds the clock was set since the evaluation before.

    A key without a sample has no data. One with an incident is kept; another is forgotten once nothing has been
    known of it for a while, so that names which come and go take no room. Where a rule has more names than it
    can watch, new ones take the places of those that have gone. The incident of a rule that no longer exists is
    closed.
    """
    given = {sample.key: sample for sample in samples}
    known: dict[str, list[Key]] = {rule.id: [] for rule in rules}
    new: dict[str, list[Key]] = {rule.id: [] for rule in rules}
    after: dict[Key, State] = {}
    events: list[Event] = []
    for key in states:
        if key.rule_id in known:
            known[key.rule_id].append(key)
        else:
            events += close(states[key], now, "This rule no longer exists.")[1]
    for key in given:
        if key.rule_id in new and key not in states:
            new[key.rule_id].append(key)
    named = {key.rule_id for key in given}
    for rule in rules:
        gone = _gone(known[rule.id], len(new[rule.id]), states, given, now)
        for key in sorted(gone):
            events += close(states[key], now, GAVE_WAY)[1]
        if rule.names_all and rule.id in named:
            ended = {key for key in known[rule.id] if key not in given} - gone
            for key in sorted(ended):
                events += close(states[key], now, NO_MORE)[1]
            gone |= ended
        watched = [key for key in known[rule.id] if key not in gone]
        for key in (*watched, *new[rule.id][: max(0, MOST_KEYS - len(watched))]):
            before, sample = states.get(key) or State(key), given.get(key) or Sample(key)
            mute = mute_of(key, rules, after) or lingering(
                before.incident and before.incident.mute, sample, after, now
            )
            state, happened = step(rule, before, sample, now, mute, clock_step)
            events += happened
            if key in given or state.incident or state.data(now) != "unknown":
                after[key] = state
    return after, tuple(events)


def _gone(
    known: Sequence[Key], new: int, states: Mapping[Key, State], given: Container[Key], now: float
) -> set[Key]:
    """As many of the names that nothing is known of any more as have to make room for ``new`` ones, the oldest."""
    missing = len(known) + new - MOST_KEYS
    if missing <= 0:
        return set()
    silent = [key for key in known if key not in given and states[key].data(now) == "unknown"]
    return set(sorted(silent, key=lambda key: states[key].known_at or 0.0)[:missing])
