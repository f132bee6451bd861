"""All rules judged at once, causes first: what one poll of the backend means for every alert."""

from collections.abc import Iterable, Mapping, Sequence

from ops_dashboard.domain.alerts.engine import close, step
from ops_dashboard.domain.alerts.event import Event
from ops_dashboard.domain.alerts.inhibition import mute_of
from ops_dashboard.domain.alerts.rule import Rule
from ops_dashboard.domain.alerts.sample import Key, Sample
from ops_dashboard.domain.alerts.state import State

MOST_KEYS = 5_000
"""Beyond this no new name is watched: a backend that keeps inventing them must not fill the memory."""


def evaluate(
    rules: Sequence[Rule], states: Mapping[Key, State], samples: Iterable[Sample], now: float
) -> tuple[dict[Key, State], tuple[Event, ...]]:
    """The states after ``samples``, and what happened. ``rules`` in the order of their table.

    A key without a sample has no data. One with an incident is kept; another is forgotten once nothing has been
    known of it for a while, so that names which come and go take no room. The incident of a rule that no longer
    exists is closed.
    """
    given = {sample.key: sample for sample in samples}
    by_rule: dict[str, list[Key]] = {rule.id: [] for rule in rules}
    after: dict[Key, State] = {}
    events: list[Event] = []
    known = len(states)
    for key in dict.fromkeys((*states, *given)):
        if key.rule_id in by_rule:
            if key in states or known < MOST_KEYS:
                by_rule[key.rule_id].append(key)
                known += key not in states
        elif key in states:
            events += close(states[key], now, "This rule no longer exists.")[1]
    for rule in rules:
        for key in by_rule[rule.id]:
            before, sample = states.get(key) or State(key), given.get(key) or Sample(key)
            state, happened = step(rule, before, sample, now, mute_of(key, rules, after))
            events += happened
            if key in given or state.incident or state.data(now) != "unknown":
                after[key] = state
    return after, tuple(events)
