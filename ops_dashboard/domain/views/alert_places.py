"""Which part of the page each alert is about, so that people find what it talks of."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from heapq import nlargest

from ops_dashboard.domain.alerts.sample import Key
from ops_dashboard.domain.alerts.state import State


@dataclass(frozen=True, slots=True)
class Place:
    """A part of what is watched: the key of its section, its name, and the rules about it."""

    section: str
    title: str
    rules: tuple[str, ...]


PLACES = (
    Place(
        "backend",
        "Backend",
        ("backend_unreachable", "backend_unreadable", "token_refused", "backend_restarted"),
    ),
    Place("modules", "Modules", ("component_status", "module_status", "module_response_time")),
    Place("performance", "Performance", ("error_rate", "response_time")),
    Place("database", "Database", ("database_status", "db_pool")),
    Place("events", "Event bus", ("event_latency", "failed_deliveries")),
    Place("cache", "Cache", ("cache_hit_rate",)),
    Place("workers", "Workers", ("workers_status", "worker_queue")),
    Place("models", "ML models", ("model_not_loaded", "model_error_rate")),
    Place("ingestion", "Ingestion", ("ingestion_worker", "jobs_failed", "job_stuck")),
    Place("sources", "Data sources", ("source_failing",)),
)
_OF_RULE = {rule_id: place for place in PLACES for rule_id in place.rules}
MOST_COUNTED = 1_000
_NOWHERE = Place("", "", ())


def place_of(rule_id: str) -> Place:
    """The place of a rule; one without a name for a rule that nobody knows (any more)."""
    return _OF_RULE.get(rule_id, _NOWHERE)


def source_of(key: Key) -> str:
    """Where an alert comes from, in words: "Modules · search"."""
    return " · ".join(filter(None, (place_of(key.rule_id).title, target_words(key))))


def target_words(key: Key) -> str:
    """The target as people read it: a source of data is known by a key.

    >>> target_words(Key("source_failing", "module_health.search"))
    'module health search'
    """
    if key.rule_id != "source_failing":
        return key.target
    return key.target.replace("_", " ").replace(".", " ")


def is_about_module(rule_id: str, target: str, name: str) -> bool:
    """Whether an alert is about the module or component ``name``."""
    return target == name and place_of(rule_id).section == "modules"


def alert_counts(states: Mapping[Key, State]) -> dict[str, int]:
    """How many alerts are open about each module, by its name; a module without any is left out.

    Of very many names those that something was heard of last.
    """
    if len(states) > MOST_COUNTED:
        states = {state.key: state for state in nlargest(MOST_COUNTED, states.values(), key=_known_at)}
    return _counted(states, lambda key: key.target if place_of(key.rule_id).section == "modules" else "")


def _known_at(state: State) -> float:
    return state.known_at or 0.0


def section_counts(states: Mapping[Key, State]) -> dict[str, int]:
    """How many alerts are open in each section, by its key; a section without any is left out."""
    return _counted(states, lambda key: place_of(key.rule_id).section)


def _counted(states: Mapping[Key, State], name_of: Callable[[Key], str]) -> dict[str, int]:
    named = Counter(name_of(state.key) for state in states.values() if state.incident)
    return {name: count for name, count in named.items() if name}
