"""Alerts for the tests of their storage: played by the engine, saved step by step."""

from collections.abc import Sequence
from dataclasses import replace

from ops_dashboard.domain.alerts.event import Event
from ops_dashboard.domain.alerts.rule import Rule
from ops_dashboard.domain.alerts.sample import Key
from ops_dashboard.domain.alerts.state import State
from ops_dashboard.storage.incident_changes import Changes
from ops_dashboard.storage.incidents import IncidentStore
from tests.unit.domain.alerts.play import PROMPT, START, Play

BACKEND = "api.example.com:8000"
TITLES = {"errors": "Error rate", "health": "Health"}


def play(target: str = "", rule: Rule = PROMPT, now: float = START) -> Play:
    """An alert about ``target`` of which nothing is known yet."""
    return Play(rule, State(Key(rule.id, target)), now)


def opened(target: str = "", rule: Rule = PROMPT, value: float = 7.0, now: float = START) -> Play:
    """An alert that opens at ``now``."""
    one = play(target, rule, now)
    one.sees(value, after=0)
    assert one.kinds == ["opened"]
    return one


def changes(*plays: Play, events: Sequence[Event] | None = None) -> Changes:
    """Everything about ``plays``: the states as they are, and all that happened unless told otherwise."""
    return Changes(
        {one.state.key: one.state for one in plays},
        tuple(event for one in plays for event in one.events) if events is None else tuple(events),
        {one.state.key: TITLES.get(one.state.key.rule_id, "") for one in plays},
    )


async def save(store: IncidentStore, *plays: Play, backend: str = BACKEND) -> dict[Key, int]:
    """Save what happened since the last time."""
    ids = await store.save(backend, changes(*plays))
    for one in plays:
        one.events.clear()
    return ids


def renamed(one: Play, key: Key) -> Play:
    """The same alert under another key."""
    one.state = replace(one.state, key=key)
    one.events = [replace(event, key=key) for event in one.events]
    return one


async def kinds(store: IncidentStore, incident: int) -> list[str]:
    """What happened to an incident, in order."""
    detail = await store.incident(incident)
    assert detail is not None
    assert detail.earlier == 0
    return [one.kind for one in detail.transitions]
