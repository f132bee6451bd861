"""Each recorded condition, served on a real socket and shown: what the page then says, and what it does not."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

import pytest

from ops_dashboard.domain.modules import WATCHED_MODULES
from ops_dashboard.domain.series.points import DEFAULT_SPAN
from ops_dashboard.domain.views.figure import Figure, Panel
from ops_dashboard.domain.views.modules import UNCHECKED
from tests.bodies import recordings
from tests.contract.watching import Seen, watch_once
from tests.replay import CONDITIONS, RECORDINGS, replay_app
from tests.traceable import figures, untraceable

BUSY, IDLE, DB_DOWN, BROKER_GONE = "all-up-busy", "all-up-idle", "db-down", "fresh-no-redis-no-celery"
NOT_REPORTED = "Not reported by this backend."
GONE_500 = "failed while answering (HTTP 500: Internal server error)"


@cache
def seen(condition: str) -> Seen:
    return watch_once(replay_app(RECORDINGS / condition, RECORDINGS / "openapi.json"))


def figure(condition: str, key: str) -> Figure:
    return next(f for f in figures(seen(condition).page) if f.key == key)


def panel(condition: str, name: str) -> Panel:
    shown = getattr(seen(condition).page, name)
    return shown[DEFAULT_SPAN] if isinstance(shown, Mapping) else shown


def components(condition: str) -> dict[str, str]:
    return {tile.name: tile.status for tile in seen(condition).page.modules.components}


@dataclass(frozen=True)
class Verdict:
    word: str
    message: str
    reasons: str = ""
    components: dict[str, str] = field(default_factory=dict)


WELL = dict.fromkeys(("database", "redis", "celery", "api"), "healthy") | {"ncf_model": "not_applicable"}
VERDICTS = {
    BUSY: Verdict("Healthy", "All systems operational", "", WELL),
    IDLE: Verdict("Healthy", "All systems operational", "", WELL),
    DB_DOWN: Verdict(
        "Down",
        "Database connection failed - system unavailable",
        "Database down.",
        WELL | {"database": "down"},
    ),
    BROKER_GONE: Verdict(
        "Degraded",
        "System operational with degraded functionality: Redis unavailable; Celery workers unavailable",
        "Redis down and celery down.",
        WELL | {"redis": "down", "celery": "down"},
    ),
}


@pytest.mark.parametrize("condition", VERDICTS)
def test_the_verdict_is_the_backends_own_with_its_reasons(condition: str) -> None:
    health, expected = seen(condition).page.health, VERDICTS[condition]
    assert (health.word, health.message, health.reasons) == (
        expected.word,
        expected.message,
        expected.reasons,
    )
    assert components(condition) == expected.components
    assert health.modules == "", "nothing is known of modules that nobody checks"


@pytest.mark.parametrize("condition", CONDITIONS)
def test_modules_without_a_check_are_unknown_and_not_green(condition: str) -> None:
    modules = seen(condition).page.modules
    assert {tile.name for tile in modules.tiles} == set(WATCHED_MODULES)
    assert (modules.healthy, modules.total) == (0, 13)
    for tile in modules.tiles:
        assert (tile.status, tile.display, tile.message) == ("unknown", "value", UNCHECKED)
        assert (tile.response.display, tile.response.text) == ("not_reported", "")
        assert (tile.errors.display, tile.errors.text) == ("not_reported", "")


@pytest.mark.parametrize("condition", CONDITIONS)
def test_nothing_is_invented(condition: str) -> None:
    bodies = [recording.body for recording in recordings(condition).values()]
    assert untraceable(seen(condition).page, bodies) == []


@pytest.mark.parametrize("condition", CONDITIONS)
def test_no_answer_holds_a_surprise(condition: str) -> None:
    assert [row.surprise_sentences for row in seen(condition).page.sources.rows if row.surprises] == []


MISSING = [
    "performance.request_rate",
    "database.avg_query_time_ms",
    "database.slow_queries",
    "database.tables",
    "cache.size_mb",
    "cache.eviction_rate",
    "cache.top_keys",
]


@pytest.mark.parametrize("condition", CONDITIONS)
@pytest.mark.parametrize("key", MISSING)
def test_what_this_dialect_lacks_is_not_reported(condition: str, key: str) -> None:
    shown = figure(condition, key)
    assert (shown.display, shown.text, shown.note) == ("not_reported", "", NOT_REPORTED)


@pytest.mark.parametrize("condition", CONDITIONS)
def test_what_was_removed_there_does_not_apply(condition: str) -> None:
    shown = panel(condition, "recommendations")
    assert (shown.status, shown.status_word) == ("not_applicable", "Not applicable")
    assert {f.display for f in shown.figures} == {"not_applicable"}
    assert "Recommendations module removed" in shown.message


@pytest.mark.parametrize("condition", CONDITIONS)
def test_models_that_cannot_be_read_do_not_apply_where_the_backend_says_so(condition: str) -> None:
    shown = panel(condition, "models")
    assert {(f.display, f.text) for f in shown.all_figures()} == {("not_applicable", "")}
    assert "ML classification module removed" in shown.message
    assert (shown.freshness.display, shown.freshness.reason) == ("waiting", GONE_500)
    assert shown.status == "not_applicable", "the backend's own word on ML as a whole"


@pytest.mark.parametrize("condition", CONDITIONS)
def test_own_calls_are_no_users_figures(condition: str) -> None:
    for key in ("performance.p50", "performance.p95", "performance.p99", "performance.error_rate"):
        assert figure(condition, key).text == ""
    assert "Too few calls" in figure(condition, "own_calls.p95").note, "one refresh is not enough"


@pytest.mark.parametrize("condition", CONDITIONS)
def test_uptime_is_marked_as_derived_from_the_process_start(condition: str) -> None:
    shown = figure(condition, "performance.uptime_seconds")
    assert (shown.display, shown.origin) == ("value", "derived") and "/metrics" in shown.origin_note


@pytest.mark.parametrize(
    ("condition", "text"), [(BUSY, "0"), (IDLE, "10"), (DB_DOWN, "0"), (BROKER_GONE, "10")]
)
def test_the_pool_is_that_of_pool_usage_percent(condition: str, text: str) -> None:
    shown = figure(condition, "db_pool.utilization")
    assert (shown.display, shown.text, shown.unit, shown.origin) == ("value", text, "%", "reported")


@pytest.mark.parametrize("condition", [IDLE, DB_DOWN, BROKER_GONE])
@pytest.mark.parametrize("key", ["cache.hit_rate", "cache.miss_rate"])
def test_an_idle_cache_has_no_rate_yet(condition: str, key: str) -> None:
    shown = figure(condition, key)
    assert (shown.display, shown.text, shown.note) == ("waiting", "", "No requests yet.")


def test_a_cache_that_missed_every_time_hits_zero_percent() -> None:
    hits, misses = figure(BUSY, "cache.hit_rate"), figure(BUSY, "cache.miss_rate")
    assert (hits.display, hits.text, hits.origin) == ("value", "0", "reported")
    assert (misses.display, misses.text, misses.origin) == ("value", "100", "derived")


@pytest.mark.parametrize("condition", [BUSY, IDLE, DB_DOWN])
def test_a_running_worker_is_healthy_and_its_queue_not_reported(condition: str) -> None:
    shown = panel(condition, "workers")
    assert (shown.status, figure(condition, "workers.active_workers").text) == ("healthy", "1")
    for key in ("workers.queue_length", "workers.processing_rate", "workers.failed_tasks"):
        assert figure(condition, key).display == "not_reported"


def test_tasks_done_are_summed_over_the_workers() -> None:
    shown = figure(BUSY, "workers.processed_total")
    assert (shown.text, shown.origin) == ("13", "derived")


def test_workers_are_down_without_a_broker_and_nothing_is_counted() -> None:
    shown = panel(BROKER_GONE, "workers")
    said = "Could not connect to Celery workers. Ensure Redis and workers are running."
    assert (shown.status, shown.message) == ("down", said)
    assert {(f.display, f.text, f.note) for f in shown.figures} == {("waiting", "", said)}


@pytest.mark.parametrize(("condition", "service"), [(DB_DOWN, "database"), (BROKER_GONE, "redis")])
def test_a_503_with_the_normal_body_is_an_answer(condition: str, service: str) -> None:
    shown = panel(condition, "ingestion")
    assert (shown.status, shown.message.partition(":")[0]) == ("down", service)
    row = next(r for r in seen(condition).page.sources.rows if r.name == "ingestion_health")
    assert (row.state, row.failures) == ("fresh", 0)


@pytest.mark.parametrize("key", ["jobs.pending", "ingestion.heartbeat", "ingestion.activity"])
def test_a_503_with_an_explanation_is_no_data_with_that_reason(key: str) -> None:
    shown = figure(BROKER_GONE, key)
    assert (shown.display, shown.text) == ("waiting", "")
    assert "HTTP 503: Queue" in shown.note and "must be set" in shown.note


def test_engagement_that_fails_with_the_database_has_no_data_and_a_reason() -> None:
    shown = panel(DB_DOWN, "engagement")
    assert {(f.display, f.note) for f in shown.figures} == {("waiting", GONE_500)}


@pytest.mark.parametrize("condition", [BUSY, IDLE, BROKER_GONE])
def test_nobody_active_is_zero_and_what_is_not_counted_is_not_reported(condition: str) -> None:
    active = figure(condition, "engagement.active_users")
    assert (active.display, active.text) == ("value", "0")
    assert figure(condition, "engagement.searches_performed").display == "not_reported"


@pytest.mark.parametrize("condition", [BUSY, IDLE])
def test_what_events_tell_of_is_derived_from_them(condition: str) -> None:
    created = figure(condition, "engagement.resources_created")
    counted = recordings(condition)["events"].body["metrics"]["event_types"].get("resource.created")
    assert (created.value, created.origin) == ((counted, "derived") if counted else (None, "reported"))


def test_jobs_without_ids_are_said_to_be_put_together() -> None:
    shown = seen(BUSY).page.ingestion.jobs
    assert shown.folded.startswith("This backend gives jobs no id")
    assert shown.folded.endswith("10 that name no repository are not counted.")
    assert figure(BUSY, "jobs.pending").display == "not_reported"


def test_the_edge_worker_in_the_backends_own_words() -> None:
    assert (figure(BUSY, "ingestion.heartbeat").text, figure(BUSY, "ingestion.heartbeat").tone) == (
        "online",
        "",
    )
    offline = figure(IDLE, "ingestion.heartbeat")
    assert (offline.text, offline.tone) == ("offline", "crit")
    assert figure(IDLE, "ingestion.last_beat").display == "not_reported"


@pytest.mark.parametrize("condition", CONDITIONS)
def test_what_this_backend_cannot_do_is_known_from_its_description(condition: str) -> None:
    offers = {row.title: row.state for row in seen(condition).page.sources.offers}
    assert offers == {
        "Ingest a repository": "offered",
        "Generate sparse embeddings": "offered",
        "Cancel a job": "not_offered",
        "Retry a job": "not_offered",
        "Clear the cache": "not_offered",
        "Progress of sparse embeddings": "not_offered",
    }


FAILING = {
    BUSY: {"model_health"},
    IDLE: {"model_health"},
    DB_DOWN: {"model_health", "user_engagement.1h"},
    BROKER_GONE: {"model_health", "jobs", "ingestion_worker", "ingestion_heartbeat"},
}


@pytest.mark.parametrize("condition", FAILING)
def test_only_the_sources_that_fail_there_are_without_data(condition: str) -> None:
    page = seen(condition).page
    states = {row.name: row.state for row in page.sources.rows}
    assert {name for name, state in states.items() if state != "fresh"} == FAILING[condition]
    assert {states[name] for name in FAILING[condition]} == {"failing"}
    assert page.shell.banner.title == "" and not seen(condition).snapshot.contact.lost
