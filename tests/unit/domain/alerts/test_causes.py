"""One cause, one alert: what explains what, and for how long."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from ops_dashboard.domain.alerts.defaults import DEFAULT_RULES
from ops_dashboard.domain.alerts.evaluate import evaluate
from ops_dashboard.domain.alerts.event import Event
from ops_dashboard.domain.alerts.sample import Key, Sample, Value
from ops_dashboard.domain.alerts.samples import samples
from ops_dashboard.domain.alerts.state import State
from ops_dashboard.domain.snapshot import Snapshot
from ops_dashboard.domain.status import Status
from ops_dashboard.domain.views.page import PageView, page_view
from tests.snapshots import NOW, failing, snapshot
from tests.unit.domain.alerts.play import START
from tests.unit.domain.alerts.test_evaluate import World, loud

DOWN, UP = Status.DOWN, Status.HEALTHY
REDIS, WORKERS, DATABASE = Key("component_status", "redis"), Key("workers_status"), Key("database_status")
REFUSED = "refused the token (HTTP 401: Invalid authentication token)"


def taken(known: Snapshot) -> dict[Key, Sample]:
    return {sample.key: sample for sample in samples(known, page_view(known, PageView()))}


def judged(known: Snapshot) -> set[Key]:
    """The alerts that interrupt people, by what a snapshot says."""
    page = page_view(known, PageView())
    return loud(evaluate(DEFAULT_RULES, {}, samples(known, page), known.at)[1])


@pytest.mark.parametrize(
    ("cause", "effects"),
    [
        (REDIS, [WORKERS, Key("ingestion_worker"), Key("worker_queue"), Key("module_status", "ingestion"),
                 Key("source_failing", "cache"), Key("source_failing", "workers")]),
        (DATABASE, [Key("module_status", "search"), Key("module_response_time", "graph"), Key("db_pool"),
                    Key("source_failing", "database"), Key("source_failing", "user_engagement.1h"),
                    Key("source_failing", "module_health.auth")]),
        (Key("module_status", "graph"), [Key("source_failing", "module_health.graph")]),
        (WORKERS, [Key("source_failing", "workers")]),
    ],
)  # fmt: skip
def test_a_cause_is_the_only_alert(cause: Key, effects: list[Key]) -> None:
    bad = {key: DOWN if key.rule_id.endswith(("status", "worker")) else 9_000.0 for key in effects}
    bad |= {Key("db_pool"): 99.0} if Key("db_pool") in effects else {}
    assert loud(World().sees(*bad.items(), (cause, DOWN))) == {cause}


@pytest.mark.parametrize(
    "other", [Key("module_status", "search"), Key("source_failing", "events"), Key("error_rate")]
)
def test_redis_explains_nothing_else(other: Key) -> None:
    value = DOWN if other.rule_id == "module_status" else 9_000.0
    assert loud(World().sees((REDIS, DOWN), (other, value))) == {REDIS, other}


class Readings:
    """Samples that were received at different moments, as those of different calls."""

    def __init__(self) -> None:
        self.states: dict[Key, State] = {}

    def at(self, now: float, told: Mapping[Key, tuple[Value, float]]) -> tuple[Event, ...]:
        """Judge values, each with when it was received, in seconds after the start."""
        given = [Sample(key, value, START + at, fresh=True) for key, (value, at) in told.items()]
        self.states, events = evaluate(DEFAULT_RULES, self.states, given, START + now)
        return events


@pytest.mark.parametrize("interval", [30, 300])
def test_recovery_announces_nothing_that_was_read_before_it(interval: int) -> None:
    world = Readings()
    world.at(0, {REDIS: (DOWN, 0), WORKERS: (DOWN, 0)})
    told = [world.at(now, {REDIS: (UP, 10), WORKERS: (DOWN, 0)}) for now in range(10, interval, 10)]
    told += [world.at(now, {REDIS: (UP, now), WORKERS: (UP, interval)}) for now in range(interval, 500, 10)]
    assert [event.key for events in told for event in events if event.interrupts] == []
    assert not any(state.incident for state in world.states.values())


def test_what_is_still_wrong_when_read_anew_is_announced() -> None:
    world = Readings()
    world.at(0, {REDIS: (DOWN, 0), WORKERS: (DOWN, 0)})
    assert loud(world.at(10, {REDIS: (UP, 10), WORKERS: (DOWN, 0)})) == set()
    assert loud(world.at(40, {REDIS: (UP, 40), WORKERS: (DOWN, 35)})) == {WORKERS}


@pytest.mark.parametrize("name", ["database", "postgres"])
def test_a_database_told_down_by_two_calls_is_one_alert(name: str) -> None:
    bodies: dict[str, Any] = {
        "health": {"status": "unhealthy", "components": {name: {"status": "unhealthy"}}},
        "database": {"database": {"healthy": False}},
    }
    assert judged(snapshot(bodies)) == {DATABASE}
    del bodies["database"]
    assert judged(snapshot(bodies, [failing("database", failures=3)])) == {DATABASE}


def test_redis_gone_is_one_alert() -> None:
    down = {"status": "unhealthy"}
    bodies = {
        "health": {"status": "unhealthy", "components": {"redis": down, "celery": down}},
        "workers": {"active_workers": 0},
        "ingestion_heartbeat": {"state": "offline"},
    }
    assert judged(snapshot(bodies)) == {REDIS}


@pytest.mark.parametrize("number", [2, 11, None], ids=["some", "many", "all"])
@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        ("refused", "The backend refuses the token"),
        ("missing", "The backend wants a token, and none is set"),
    ],
)
def test_a_refused_token_is_one_alert_and_no_green_verdict(
    trouble: str, words: str, number: int | None
) -> None:
    names = [name for name in snapshot().sources if name != "health" or number is None][:number]
    refused = [failing(name, REFUSED, token=trouble, failures=4, failing_since=NOW - 400) for name in names]
    known = snapshot({"health": {"status": "healthy"}}, refused)
    sentence = f"{words}: {len(names)} of {len(known.sources)} sources cannot be read"
    page = page_view(known, PageView())
    assert judged(known) == {Key("token_refused")}
    assert taken(known)[Key("token_refused")].label == sentence
    assert (page.shell.banner.title, page.shell.banner.reason) == (sentence, REFUSED)
    assert page.health.status != Status.HEALTHY


def test_one_refusal_is_no_refused_token() -> None:
    known = snapshot({"health": {"status": "healthy"}}, [failing("cache", REFUSED, token="refused")])
    assert taken(known)[Key("token_refused")].value is Status.HEALTHY
    assert page_view(known, PageView()).shell.banner.title == ""


@pytest.mark.parametrize(("name", "status"), [("model_health", 500), ("events", 502), ("workers", 503)])
def test_a_call_that_always_fails_is_known(name: str, status: int) -> None:
    state = failing(name, status=status, failures=5, failing_since=NOW - 900)
    page = page_view(snapshot({"cache": {"hits": 1}}, [state]), PageView())
    known = snapshot({"cache": {"hits": 1}}, [state])
    assert taken(known)[Key("source_failing", name)].value is None
    before = page_view(snapshot({"cache": {"hits": 1}}), PageView()).shell.read
    assert page.shell.read == before - 1
    (row,) = (row for row in page.sources.rows if row.name == name)
    assert (row.state, row.state_word) == ("failing", "Always fails")


@pytest.mark.parametrize("changes", [{"received_at": NOW - 600}, {"status": 0}, {"status": 404}])
def test_a_call_that_fails_otherwise_is_told(changes: dict[str, Any]) -> None:
    state = replace(failing("events", status=500, failures=9, failing_since=NOW - 900), **changes)
    assert taken(snapshot({"cache": {"hits": 1}}, [state]))[Key("source_failing", "events")].value == 900


@pytest.mark.parametrize("step", [-7_200.0, 3_600.0])
def test_a_failure_lasts_as_long_as_it_lasts_whatever_the_clock(step: float) -> None:
    state = failing("events", failures=9, failing_since=NOW - 90, failing_from=410.0)
    known = snapshot({"cache": {"hits": 1}}, [state], at=NOW + step, monotonic=500.0)
    assert taken(known)[Key("source_failing", "events")].value == 90


def test_a_renamed_title_keeps_its_incident() -> None:
    world = Readings()
    told: list[str] = []
    for now, title in enumerate(("Cache", "Cache statistics")):
        sample = Sample(Key("source_failing", "cache"), 400.0, START + now, fresh=True, label=title)
        world.states, events = evaluate(DEFAULT_RULES, world.states, [sample], START + now)
        told += [event.kind for event in events]
    assert told == ["opened"]
    assert [state.label for state in world.states.values()] == ["Cache statistics"]


def test_the_incident_of_a_source_that_is_no_more_ends() -> None:
    world = World()
    world.sees((Key("source_failing", "Connection pool"), 400.0), (Key("source_failing", "cache"), 0.0))
    (event,) = world.sees((Key("source_failing", "cache"), 0.0))
    assert (event.kind, event.key.target) == ("resolved", "Connection pool")
    assert world.sees() == ()


def test_the_first_line_of_a_drivers_text_is_the_title() -> None:
    text = "Connection failed: port 5499 refused\n\tIs the server running?\n\n(Background: e3q8)"
    known = snapshot({"health": {"components": {"database": {"status": "unhealthy", "message": text}}}})
    first, _, rest = taken(known)[DATABASE].detail.partition("\n")
    assert first == "Connection failed: port 5499 refused"
    assert rest == "Is the server running? (Background: e3q8)"


def test_three_quick_restarts_are_one_information_that_ends() -> None:
    states: dict[Key, State] = {}
    told: list[Event] = []
    moments = [NOW + 5, NOW + 19, NOW + 45]
    for after in (6, 20, 46, 200, 346):
        known = snapshot(at=NOW + after, restarts=tuple(at for at in moments if at <= NOW + after))
        given = [sample for sample in samples(known, page_view(known, PageView()))]
        states, events = evaluate(DEFAULT_RULES, states, given, known.at)
        told += [event for event in events if event.key.rule_id == "backend_restarted"]
    assert [(event.kind, event.severity, event.interrupts) for event in told] == [
        ("opened", "info", False),
        ("resolved", "info", False),
    ]
    assert told[0].text == "Backend restarted at 08:00:05 UTC"
    assert told[1].text == "Backend restarted 3 times within 40 s, last at 08:00:45 UTC"
