"""Alerts judge what the page shows: the same numbers, the same statuses, the same age."""

from dataclasses import replace
from typing import Any

import pytest

from ops_dashboard.domain.alerts.defaults import DEFAULT_RULES
from ops_dashboard.domain.alerts.judge import would_fire
from ops_dashboard.domain.alerts.sample import Key, Sample
from ops_dashboard.domain.alerts.samples import samples
from ops_dashboard.domain.alerts.severity import Severity
from ops_dashboard.domain.probes import ProbeSummary
from ops_dashboard.domain.scrapes import ScrapeSummary
from ops_dashboard.domain.snapshot import Contact, Snapshot
from ops_dashboard.domain.status import Status
from ops_dashboard.domain.views.page import PageView, page_view
from tests.bodies import demo_bodies, recorded, recordings
from tests.replay import CONDITIONS
from tests.snapshots import NOW, failing, read, snapshot
from tests.unit.domain.alerts.play import opened

GOOD = demo_bodies()
LOST = Contact(lost=True, since=NOW - 12, reason="refused the connection", next_retry_at=NOW + 3)


def taken(known: Snapshot) -> dict[Key, Sample]:
    found = list(samples(known, page_view(known, PageView())))
    keyed = {sample.key: sample for sample in found}
    assert len(keyed) == len(found)
    return keyed


def of(rule_id: str, target: str = "", bodies: Any = None, **changes: Any) -> Sample:
    return taken(snapshot(GOOD if bodies is None else bodies, **changes))[Key(rule_id, target)]


def test_every_rule_has_a_sample() -> None:
    bodies = {**GOOD, "health": {**GOOD["health"], "components": {"redis": {"status": "down"}}}}
    assert {key.rule_id for key in taken(snapshot(bodies))} == {rule.id for rule in DEFAULT_RULES}


def test_a_healthy_backend_breaks_no_rule() -> None:
    bad = [s for s in taken(snapshot(GOOD)).values() if s.value in (Status.DOWN, Status.DEGRADED)]
    assert bad == []


@pytest.mark.parametrize(
    ("rule_id", "figure"),
    [
        ("response_time", "performance.p95"),
        ("error_rate", "performance.error_rate"),
        ("worker_queue", "workers.queue_length"),
        ("db_pool", "db_pool.utilization"),
        ("cache_hit_rate", "cache.hit_rate"),
    ],
)
@pytest.mark.parametrize("condition", ["demo", *CONDITIONS])
def test_the_very_number_of_the_page_is_judged(condition: str, rule_id: str, figure: str) -> None:
    answered = {} if condition == "demo" else recordings(condition)
    bodies = {name: r.body for name, r in answered.items() if r.status == 200} or GOOD
    known = snapshot(bodies, probes=ProbeSummary(calls=400, p95=612.0, error_rate=7.0))
    shown = next(f for f in page_view(known, PageView()).key_metrics if f.key == figure)
    sample = taken(known)[Key(rule_id)]
    assert (sample.value, sample.at) == (shown.value, shown.at)
    assert sample.fresh is (shown.display == "value" or sample.traffic == 0)


@pytest.mark.parametrize("bodies", [{}, {"performance": {}}, {"performance": {"metrics": {}}}])
def test_own_calls_raise_no_alert_about_users(bodies: dict[str, object]) -> None:
    known = snapshot(bodies, probes=ProbeSummary(calls=400, timed=400, p95=2_612.0, error_rate=77.0))
    seen = taken(known)
    assert seen[Key("response_time")].value is None
    assert seen[Key("error_rate")].value is None


def test_module_without_check_raises_no_slow_alert() -> None:
    body = {"health": {"status": "healthy", "message": "No health check registered"}}
    state = read("module_health.planning", body, latency=0.9, clean_latency=0.9)
    sample = taken(snapshot(states=[state]))[Key("module_response_time", "planning")]
    assert sample.value is None


@pytest.mark.parametrize(("requests", "severity"), [(99, None), (100, Severity.CRITICAL)])
def test_percentile_of_few_requests_raises_nothing(requests: int, severity: Severity | None) -> None:
    rule = next(rule for rule in DEFAULT_RULES if rule.id == "response_time")
    known = snapshot(
        {"prometheus": "process_open_fds 5\n", "performance": {}},
        scrapes=ScrapeSummary(requests=requests, seconds=300, p95=4_000, has_histogram=True),
    )
    assert would_fire(rule, taken(known)[Key("response_time")]) is severity


@pytest.mark.parametrize(("rate", "traffic"), [(0.05, 15.0), (2, 600.0), (None, None), (0, 0.0)])
def test_the_traffic_of_a_reported_error_rate_follows_from_the_request_rate(
    rate: float | None, traffic: float | None
) -> None:
    sample = of("error_rate", bodies={"performance": {"error_rate": 50, "request_rate": rate}})
    assert (sample.value, sample.traffic) == (50, traffic)


IDLE = {"idle_since": NOW - 400}


@pytest.mark.parametrize(
    ("rule_id", "known"),
    [
        ("cache_hit_rate", snapshot({"cache": {"hit_rate": 0, "hits": 0, "misses": 0}})),
        ("cache_hit_rate", snapshot({"cache": {"hit_rate": 0, "miss_rate": 0}})),
        ("cache_hit_rate", snapshot(states=[read("cache", {"hit_rate": 3, "total_requests": 9}, **IDLE)])),
        ("event_latency", snapshot({"events": {"events_emitted": 0}})),
        ("event_latency", snapshot(states=[read("events", {"event_latency_ms": {"p95": 6}}, **IDLE)])),
        ("error_rate", snapshot({"performance": {"error_rate": 12, "request_rate": 0}})),
        (
            "response_time",
            snapshot({"performance": {"api_response_time": {"p95": 9_000}, "request_rate": 0}}),
        ),
        (
            "error_rate",
            snapshot({"performance": {}, "prometheus": "up 1\n"}, scrapes=ScrapeSummary(seconds=300)),
        ),
    ],
    ids=["reset", "two zero rates", "frozen rate", "no event", "frozen latency", "errors", "p95", "counted"],
)
def test_no_traffic_resolves_an_alert(rule_id: str, known: Snapshot) -> None:
    rule = next(rule for rule in DEFAULT_RULES if rule.id == rule_id)
    sample = taken(known)[Key(rule_id)]
    assert (sample.fresh, sample.traffic) == (True, 0)
    play = opened(rule, 1.0 if rule.op == "below" else 9_000.0)
    for _ in range(6):
        play.now += 30
        play.meets(sample)
    assert play.kinds == ["opened", "resolved"]
    assert (
        f"no {'events' if rule_id == 'event_latency' else 'requests'} any more; it was "
        in play.events[-1].text
    )


def test_no_traffic_of_a_stale_source_resolves_nothing() -> None:
    old = read("cache", {"hits": 0, "misses": 0, "hit_rate": 0}, failures=2)
    assert not taken(snapshot(states=[old]))[Key("cache_hit_rate")].fresh


@pytest.mark.parametrize(("seconds", "frozen"), [(60, False), (119, False), (120, True), (4_000, True)])
def test_what_counts_nothing_new_is_frozen(seconds: float, frozen: bool) -> None:
    state = read("events", GOOD["events"], idle_since=NOW - seconds)
    figures = {f.key: f for f in page_view(snapshot(states=[state]), PageView()).events.figures}
    p95, emitted = figures["events.p95"], figures["events.emitted"]
    assert (p95.display, p95.aside) == (("stale", "events") if frozen else ("value", ""))
    assert p95.at == (NOW - seconds if frozen else NOW)
    assert (emitted.display, emitted.aside) == ("value", "")


def test_the_traffic_of_a_hit_rate_is_what_the_cache_was_asked() -> None:
    body = recorded("all-up-busy", "cache")
    expected = body["cache_stats"]["total_requests"]
    assert of("cache_hit_rate", bodies={"cache": body}).traffic == expected


def test_old_data_is_not_fresh() -> None:
    old = read("workers", GOOD["workers"], received_at=NOW - 500)
    known = taken(snapshot(GOOD, [old]))
    assert known[Key("worker_queue")].value is not None
    assert not known[Key("worker_queue")].fresh
    assert not known[Key("workers_status")].fresh
    assert known[Key("response_time")].fresh


def test_what_is_not_reported_has_no_value() -> None:
    assert of("worker_queue", bodies={"workers": {"worker_health": "healthy"}}).value is None


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"status": "down"}, Status.DOWN),
        ({"status": "degraded"}, Status.DEGRADED),
        ({"status": "ok", "message": "no health check registered"}, Status.UNKNOWN),
        ({}, Status.UNKNOWN),
    ],
)
def test_a_module_has_the_status_of_its_tile(body: dict[str, str], status: Status) -> None:
    assert of("module_status", "search", {"module_health.search": body}).value is status


def test_a_module_out_of_the_ordinary_list_is_judged_too() -> None:
    bodies = {
        "health": {"modules": {"billing": {"status": "down", "message": "no money", "response_time_ms": 900}}}
    }
    sample = of("module_status", "billing", bodies)
    assert (sample.value, sample.detail) == (Status.DOWN, "no money")
    assert of("module_response_time", "billing", bodies).value == 900


def test_components_are_judged_beside_the_modules() -> None:
    bodies = {"health": {"components": {"redis": {"status": "unhealthy"}, "api": {"status": "unknown"}}}}
    assert of("component_status", "redis", bodies).value is Status.DOWN
    assert of("component_status", "api", bodies).value is Status.UNKNOWN


@pytest.mark.parametrize(
    ("rule_id", "bodies", "status"),
    [
        ("workers_status", {"workers": {"active_workers": 0}}, Status.DOWN),
        ("workers_status", {"workers": {"worker_health": "degraded"}}, Status.DEGRADED),
        ("workers_status", {}, None),
        ("database_status", {"database": {"database": {"healthy": False}}}, Status.DOWN),
        ("database_status", {"database": {"connection_pool": {"active": 1}}}, None),
    ],
)
def test_workers_and_database_have_the_status_of_their_panel(
    rule_id: str, bodies: dict[str, Any], status: Status | None
) -> None:
    assert of(rule_id, bodies=bodies).value is status


def test_each_model_is_judged() -> None:
    models = {"embedding": {"loaded": False}, "ncf": {"loaded": True, "error_rate": 7.5}, "odd": {}}
    known = taken(snapshot({"model_health": {"models": models}}))
    assert known[Key("model_not_loaded", "embedding")].value is Status.DOWN
    assert known[Key("model_not_loaded", "ncf")].value is Status.HEALTHY
    assert known[Key("model_error_rate", "ncf")].value == 7.5
    assert known[Key("model_not_loaded", "odd")].value is Status.UNKNOWN
    assert known[Key("model_not_loaded", "summarizer")].value is Status.UNKNOWN


class TestTheBackend:
    def test_it_is_well_once_something_was_read(self) -> None:
        sample = of("backend_unreachable")
        assert (sample.value, sample.fresh) == (Status.HEALTHY, True)
        assert of("backend_unreadable").value is Status.HEALTHY

    def test_nothing_is_known_of_it_before_the_first_answer(self) -> None:
        assert of("backend_unreachable", bodies={}).value is Status.UNKNOWN
        assert of("backend_unreadable", bodies={}).value is Status.UNKNOWN

    def test_what_was_read_before_a_failure_is_no_answer_of_now(self) -> None:
        state = read("cache", GOOD["cache"], failures=1, failing_since=NOW - 1)
        known = snapshot({}, [state])
        assert taken(known)[Key("backend_unreachable")].value is Status.UNKNOWN

    def test_it_is_down_with_the_reason_once_contact_is_lost(self) -> None:
        sample = of("backend_unreachable", contact=LOST)
        assert (sample.value, sample.detail) == (Status.DOWN, "refused the connection")
        assert sample.fresh
        assert of("backend_unreadable", contact=LOST).value is Status.UNKNOWN

    def test_a_first_refusal_is_a_doubt_and_no_recovery(self) -> None:
        assert of("backend_unreachable", contact=Contact(since=NOW - 1)).value is Status.UNKNOWN

    def test_answers_that_cannot_be_read_are_another_trouble(self) -> None:
        known = snapshot({}, [failing(name, "answered with HTTP 401") for name in snapshot().sources])
        sample = taken(known)[Key("backend_unreadable")]
        assert (sample.value, sample.detail) == (Status.DOWN, "answered with HTTP 401")
        assert taken(known)[Key("backend_unreachable")].value is Status.UNKNOWN

    def test_nothing_else_is_fresh_while_it_is_lost(self) -> None:
        known = taken(snapshot(GOOD, contact=LOST))
        assert {key.rule_id for key, sample in known.items() if sample.fresh} == {
            "backend_unreachable",
            "backend_unreadable",
        }


class TestSources:
    def of_cache(self, **changes: Any) -> Sample:
        state = replace(failing("cache", "answered with HTTP 500"), **changes)
        return taken(snapshot(GOOD, [state]))[Key("source_failing", "cache")]

    def test_one_that_answers_has_failed_for_no_time(self) -> None:
        sample = of("source_failing", "cache")
        assert (sample.value, sample.fresh, sample.detail) == (0.0, True, "")

    def test_one_failure_tells_nothing_yet(self) -> None:
        assert self.of_cache().value is None

    def test_two_failures_count_from_the_first(self) -> None:
        sample = self.of_cache(failures=2, failing_since=NOW - 360)
        assert (sample.value, sample.detail) == (360.0, "answered with HTTP 500")

    def test_one_that_fails_by_a_clock_ahead_still_fails(self) -> None:
        assert self.of_cache(failures=2, failing_since=NOW + 360).value == 1.0

    def test_one_that_is_not_offered_does_not_fail(self) -> None:
        assert self.of_cache(failures=9, not_offered=True).value == 0.0

    def test_one_that_was_offered_once_does(self) -> None:
        assert self.of_cache(failures=9, not_offered=True, received_at=NOW - 60).value == 5.0

    def test_one_that_is_spared_does_not_fail(self) -> None:
        assert self.of_cache(failures=9, spared="not needed").value == 0.0

    def test_of_one_never_asked_nothing_is_known(self) -> None:
        assert not taken(snapshot())[Key("source_failing", "cache")].fresh


@pytest.mark.parametrize("condition", CONDITIONS)
def test_every_recording_can_be_judged(condition: str) -> None:
    bodies = {name: recording.body for name, recording in recordings(condition).items()}
    assert taken(snapshot(bodies))


def test_a_backend_without_machine_learning_need_not_answer_about_its_models():
    failed = failing("model_health", failures=9, failing_since=NOW - 3_600)
    with_models, without = ({"ml_health": {"status": word}} for word in ("ok", "not_applicable"))
    assert taken(snapshot(with_models, [failed]))[Key("source_failing", failed.name)].value == 3_600
    assert taken(snapshot(without, [failed]))[Key("source_failing", failed.name)].value == 0
