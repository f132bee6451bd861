"""All rules together: causes first, one thing wrong is one interruption."""

from collections.abc import Iterable

import pytest

from ops_dashboard.domain.alerts import evaluate as evaluation
from ops_dashboard.domain.alerts.defaults import DEFAULT_RULES
from ops_dashboard.domain.alerts.evaluate import GAVE_WAY, evaluate
from ops_dashboard.domain.alerts.event import Event
from ops_dashboard.domain.alerts.inhibition import muted
from ops_dashboard.domain.alerts.interruption import interruption
from ops_dashboard.domain.alerts.sample import Key, Sample, Value
from ops_dashboard.domain.alerts.state import Condition, State
from ops_dashboard.domain.status import Status
from tests.unit.domain.alerts.play import START

DOWN, UP = Status.DOWN, Status.HEALTHY
BACKEND, MODULE, SLOW = (
    Key("backend_unreachable"),
    Key("module_status", "search"),
    Key("module_response_time", "search"),
)


class World:
    """Every alert, at a clock moved by hand."""

    def __init__(self, rules=DEFAULT_RULES) -> None:
        self.rules, self.now = rules, START
        self.states: dict[Key, State] = {}

    def sees(self, *values: tuple[Key, Value | None], after: float = 30.0) -> tuple[Event, ...]:
        self.now += after
        samples = [Sample(key, value, self.now, fresh=value is not None) for key, value in values]
        self.states, events = evaluate(self.rules, self.states, samples, self.now)
        return events

    def muted(self) -> dict[Key, str]:
        return muted(self.rules, self.states.values())


def loud(events: Iterable[Event]) -> set[Key]:
    return {event.key for event in events if event.interrupts}


def test_a_lost_backend_is_one_alert_that_mutes_the_rest() -> None:
    world = World()
    others = [(Key("module_status", f"m{n}"), DOWN) for n in range(30)]
    events = world.sees(*others, (BACKEND, DOWN))
    assert loud(events) == {BACKEND}
    assert set(world.muted()) == {key for key, _ in others}
    assert set(world.muted().values()) == {"muted: the backend is unreachable"}
    told = interruption(events)
    assert told is not None
    assert (told.count, told.title) == (1, "Critical alert")


def test_a_lost_backend_freezes_the_rest_and_its_return_tells_nothing_twice() -> None:
    world = World()
    assert loud(world.sees((BACKEND, UP), (MODULE, DOWN))) == {MODULE}
    assert loud(world.sees((BACKEND, DOWN), (MODULE, None))) == {BACKEND}
    assert world.muted() == {MODULE: "muted: the backend is unreachable"}
    world.sees((BACKEND, UP), (MODULE, None))
    assert world.muted() == {}
    events = world.sees((BACKEND, UP), (MODULE, DOWN))
    assert [(event.key, event.kind) for event in events] == [(BACKEND, "resolved")]
    assert world.states[MODULE].condition is Condition.FIRING


def test_what_is_still_wrong_when_its_cause_is_gone_is_told_then() -> None:
    world = World()
    assert loud(world.sees((MODULE, DOWN), (SLOW, 900.0))) == {MODULE}
    assert world.muted() == {SLOW: "muted: module search is down"}
    assert loud(world.sees((MODULE, UP), (SLOW, 900.0))) == {SLOW}


def test_a_degraded_module_explains_nothing() -> None:
    world = World()
    assert loud(world.sees((MODULE, Status.DEGRADED), (SLOW, 900.0))) == {MODULE, SLOW}


def test_one_module_explains_nothing_of_another() -> None:
    world = World()
    assert loud(world.sees((Key("module_status", "graph"), DOWN), (SLOW, 900.0))) >= {SLOW}


EDGES = [
    (Key("backend_unreadable"), Key("source_failing", "cache"), "muted: the backend answers, but nothing can be read"),
    (Key("component_status", "database"), Key("database_status"), "muted: component database is down"),
    (Key("component_status", "celery"), Key("workers_status"), "muted: component celery is down"),
    (Key("workers_status"), Key("worker_queue"), "muted: workers are down"),
    (Key("database_status"), Key("db_pool"), "muted: the database is down"),
    (Key("component_status", "database"), Key("db_pool"), "muted: component database is down"),
    (Key("model_not_loaded", "ncf"), Key("model_error_rate", "ncf"), "muted: model ncf is not loaded"),
    (Key("ingestion_worker"), Key("job_stuck"), "muted: the ingestion worker is down"),
]  # fmt: skip
BAD: dict[str, Value] = {
    "database_status": DOWN,
    "workers_status": DOWN,
    "db_pool": 99.0,
    "worker_queue": 500.0,
}


@pytest.mark.parametrize(("cause", "effect", "reason"), EDGES)
def test_what_explains_what(cause: Key, effect: Key, reason: str) -> None:
    world = World()
    events = world.sees((effect, BAD.get(effect.rule_id, 4_000.0)), (cause, DOWN))
    assert loud(events) == {cause}
    assert world.muted() == {effect: reason}
    state = world.states[effect].incident
    assert state is not None
    assert state.mute is not None
    assert (state.mute.cause, state.mute.reason) == (cause, reason)


def test_a_component_explains_no_call_about_something_else() -> None:
    world = World()
    redis = Key("component_status", "redis")
    assert loud(world.sees((redis, DOWN), (Key("database_status"), DOWN))) == {redis, Key("database_status")}


def test_causes_stand_above_what_they_explain() -> None:
    order = [rule.id for rule in DEFAULT_RULES]
    for rule in DEFAULT_RULES:
        assert all(order.index(cause.rule_id) < order.index(rule.id) for cause in rule.inhibited_by)


def test_one_source_without_data_holds_up_no_other() -> None:
    world = World()
    events = world.sees((Key("error_rate"), None), (Key("worker_queue"), 127.0))
    assert loud(events) == {Key("worker_queue")}


def test_what_is_gone_without_an_incident_is_forgotten_after_a_while() -> None:
    world = World()
    world.sees((MODULE, UP))
    world.sees(after=299)
    assert MODULE in world.states
    world.sees(after=1)
    assert world.states == {}


def test_what_is_gone_with_an_incident_is_kept() -> None:
    world = World()
    world.sees((MODULE, DOWN))
    world.sees(after=86_400)
    assert world.states[MODULE].condition is Condition.FIRING


def test_the_incident_of_a_rule_that_is_gone_is_closed() -> None:
    world = World()
    world.sees((MODULE, DOWN), (SLOW, 100.0))
    world.rules = tuple(
        rule for rule in DEFAULT_RULES if rule.id not in ("module_status", "module_response_time")
    )
    (event,) = world.sees()
    assert (event.kind, event.key, event.note) == ("resolved", MODULE, "This rule no longer exists.")
    assert world.states == {}


def test_names_without_end_do_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evaluation, "MOST_KEYS", 10)
    world = World()
    world.sees((MODULE, DOWN))
    for poll in range(5):
        world.sees(*((Key("module_status", f"m{poll}.{n}"), DOWN) for n in range(5)), (MODULE, DOWN))
    assert len(world.states) == 10
    assert MODULE in world.states


def test_a_flood_of_names_keeps_no_other_rule_from_watching(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evaluation, "MOST_KEYS", 10)
    world = World()
    world.sees(*((Key("module_status", f"m{n}"), DOWN) for n in range(50)))
    world.sees((Key("model_not_loaded", "embedding"), DOWN))
    assert Key("model_not_loaded", "embedding") in world.states


def test_names_that_are_gone_make_room_for_those_that_are_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evaluation, "MOST_KEYS", 10)
    world = World()
    world.sees((MODULE, DOWN), *((Key("module_status", f"m{n}"), DOWN) for n in range(9)))
    new = (Key("module_status", "new"), DOWN)
    assert world.sees((MODULE, DOWN), new) == (), "they may come back yet"
    events = world.sees((MODULE, DOWN), new, after=600)
    assert [(event.kind, event.key.target, event.note) for event in events] == [
        ("resolved", "m0", GAVE_WAY),
        ("opened", "new", ""),
    ]
    assert len(world.states) == 10 and MODULE in world.states


def test_a_sample_of_no_rule_is_no_alert() -> None:
    world = World()
    assert world.sees((Key("weather"), 99.0)) == ()
    assert world.states == {}
