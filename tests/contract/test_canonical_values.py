"""Each canonical value, read from both dialects: where the contract says it stands, and nowhere else."""

from functools import reduce
from typing import Any

import pytest

from ops_dashboard.backend.reading import read_report
from ops_dashboard.backend.sources import SOURCES, module_source
from ops_dashboard.domain.status import Status
from tests.bodies import demo_bodies, recorded

_ROWS = {source.name: source for source in [*SOURCES, module_source("search")]}


def report(name: str, body: object) -> Any:
    model = _ROWS[name].model
    assert model is not None
    return read_report(model, body).report


def at(value: Any, path: str) -> Any:
    """The value at a dotted path of dicts and objects."""

    def step(inner: Any, key: str) -> Any:
        return inner[key] if isinstance(inner, dict) else getattr(inner, key)

    return reduce(step, path.split("."), value)


STANDARD = [
    ("performance", "p50", "api_response_time.p50"),
    ("performance", "p95", "api_response_time.p95"),
    ("performance", "p99", "api_response_time.p99"),
    ("performance", "request_rate", "request_rate"),
    ("performance", "error_rate", "error_rate"),
    ("performance", "uptime_seconds", "uptime_seconds"),
    ("db_pool", "active", "active"),
    ("db_pool", "idle", "idle"),
    ("db_pool", "max", "max"),
    ("db_pool", "utilization", "utilization"),
    ("database", "active", "connection_pool.active"),
    ("database", "idle", "connection_pool.idle"),
    ("database", "max", "connection_pool.max"),
    ("database", "utilization", "connection_pool.utilization"),
    ("database", "avg_query_time_ms", "query_performance.avg_query_time_ms"),
    ("database", "slow_queries", "query_performance.slow_queries"),
    ("database", "tables.resources.row_count", "table_stats.resources.row_count"),
    ("database", "tables.resources.size_mb", "table_stats.resources.size_mb"),
    ("events", "emitted", "events_emitted"),
    ("events", "received", "events_received"),
    ("events", "failed", "failed_deliveries"),
    ("events", "p50", "event_latency_ms.p50"),
    ("events", "p95", "event_latency_ms.p95"),
    ("events", "p99", "event_latency_ms.p99"),
    ("events", "types", "event_types"),
    ("cache", "hit_rate", "hit_rate"),
    ("cache", "miss_rate", "miss_rate"),
    ("cache", "size_mb", "size_mb"),
    ("cache", "eviction_rate", "eviction_rate"),
    ("workers", "active_workers", "active_workers"),
    ("workers", "health", "worker_health"),
    ("workers", "queue_length", "queue_length"),
    ("workers", "processing_rate", "processing_rate"),
    ("workers", "failed_tasks", "failed_tasks"),
    ("health", "status", "status"),
    ("health", "modules.search.status", "modules.search.status"),
    ("health", "modules.search.response_time_ms", "modules.search.response_time_ms"),
    ("health", "modules.search.error_count", "modules.search.error_count"),
    ("module_health.search", "status", "status"),
    ("module_health.search", "response_time_ms", "response_time_ms"),
    ("module_health.search", "error_count", "error_count"),
    ("model_health", "models.embedding.loaded", "models.embedding.loaded"),
    ("model_health", "models.embedding.inference_time_ms", "models.embedding.inference_time_ms"),
    ("model_health", "models.embedding.memory_mb", "models.embedding.memory_mb"),
    ("model_health", "models.embedding.error_rate", "models.embedding.error_rate"),
    ("user_engagement.1h", "active_users", "active_users"),
    ("user_engagement.1h", "resources_created", "resources_created"),
    ("user_engagement.1h", "resources_updated", "resources_updated"),
    ("user_engagement.1h", "searches_performed", "searches_performed"),
    ("user_engagement.1h", "annotations_created", "annotations_created"),
    ("user_engagement.1h", "collections_created", "collections_created"),
    ("recommendation_quality.1h", "accuracy", "accuracy"),
    ("recommendation_quality.1h", "click_through_rate", "click_through_rate"),
    ("recommendation_quality.1h", "avg_user_rating", "avg_user_rating"),
    ("recommendation_quality.1h", "models.ncf.f1_score", "model_performance.ncf.f1_score"),
    ("ingestion_worker", "activity", "status"),
    ("ingestion_heartbeat", "seconds_since_last_seen", "seconds_since_last_seen"),
    ("ingestion_heartbeat", "last_seen", "last_seen_unix"),
]


@pytest.mark.parametrize(("source", "field", "path"), STANDARD, ids=[f"{s}.{f}" for s, f, _ in STANDARD])
def test_a_field_of_the_standard_dialect(source: str, field: str, path: str) -> None:
    body = demo_bodies()[source]
    assert at(body, path) is not None
    assert at(report(source, body), field) == at(body, path)


def test_bare_lists_of_the_standard_dialect() -> None:
    bodies = demo_bodies()
    jobs, events = bodies["jobs"], bodies["event_history"]
    assert jobs and events
    assert [entry.job_id for entry in report("jobs", jobs).entries] == [job["job_id"] for job in jobs]
    assert [event.name for event in report("event_history", events).events] == [e["name"] for e in events]


BUSY = "all-up-busy"
BROKER_GONE = "fresh-no-redis-no-celery"
PHAROS = [
    (BUSY, "health", "status", Status.HEALTHY),
    (BUSY, "health", "modules", None),
    (BUSY, "health", "components.celery.status", Status.HEALTHY),
    (BUSY, "health", "components.celery.worker_count", 1),
    (BUSY, "health", "components.ncf_model.status", Status.NOT_APPLICABLE),
    ("db-down", "health", "status", Status.DOWN),
    (BROKER_GONE, "health", "status", Status.DEGRADED),
    (BROKER_GONE, "health", "components.redis.status", Status.DOWN),
    (BUSY, "ml_health", "status", Status.NOT_APPLICABLE),
    (BUSY, "module_health.search", "unchecked", True),
    ("all-up-idle", "db_pool", "active", 1),
    ("all-up-idle", "db_pool", "idle", 0),
    ("all-up-idle", "db_pool", "max", 10),
    ("all-up-idle", "db_pool", "utilization", 10.0),  # not its utilization_percent, which is 1.67
    (BUSY, "database", "idle", 2),
    (BUSY, "database", "max", 10),
    (BUSY, "database", "health", Status.HEALTHY),
    (BUSY, "database", "tables", None),
    (BUSY, "database", "slow_queries", None),
    ("db-down", "database", "health", Status.DOWN),
    (BUSY, "performance", "slow_query_count", 0),
    (BUSY, "performance", "p95", None),
    (BUSY, "performance", "request_rate", None),
    (BUSY, "events", "emitted", 42),
    (BUSY, "events", "received", 48),
    (BUSY, "events", "failed", 0),
    (BUSY, "events", "p50", 1.28),
    (BUSY, "events", "p95", 3.81),
    (BUSY, "events", "p99", 12.69),
    (BUSY, "cache", "hit_rate", 0.0),
    (BUSY, "cache", "miss_rate", 100.0),
    (BUSY, "cache", "misses", 6),
    ("all-up-idle", "cache", "hit_rate", None),
    ("all-up-idle", "cache", "miss_rate", None),
    ("all-up-idle", "cache", "idle", True),
    (BUSY, "workers", "active_workers", 1),
    (BUSY, "workers", "health", Status.HEALTHY),
    (BUSY, "workers", "queue_length", None),
    (BUSY, "workers", "started_total", 13),
    (BROKER_GONE, "workers", "health", Status.DOWN),
    (BROKER_GONE, "workers", "active_workers", None),
    (BUSY, "user_engagement.1h", "active_users", 0),
    (BUSY, "user_engagement.1h", "resources_created", None),
    (BUSY, "recommendation_quality.1h", "status", Status.NOT_APPLICABLE),
    (BUSY, "recommendation_quality.1h", "accuracy", None),
    (BUSY, "ingestion_worker", "activity", "Offline"),
    (BUSY, "ingestion_heartbeat", "state", Status.HEALTHY),
    (BUSY, "ingestion_heartbeat", "threshold_seconds", 300),
    ("all-up-idle", "ingestion_heartbeat", "state", Status.DOWN),
    ("all-up-idle", "ingestion_heartbeat", "last_seen", None),
    ("db-down", "ingestion_health", "status", Status.DOWN),
    ("db-down", "ingestion_health", "services.database.status", Status.DOWN),
    ("db-down", "ingestion_health", "services.redis.status", Status.HEALTHY),
    ("db-down", "ingestion_health", "services.qdrant.status", Status.NOT_APPLICABLE),
    (BUSY, "prometheus", "resident_bytes", 173948928),
    (BUSY, "prometheus", "open_files", 33),
]


@pytest.mark.parametrize(("condition", "source", "field", "value"), PHAROS)
def test_a_field_of_the_pharos_dialect(condition: str, source: str, field: str, value: object) -> None:
    assert at(report(source, recorded(condition, source)), field) == value


def test_jobs_without_ids_are_entries() -> None:
    entries = report("jobs", recorded(BUSY, "jobs")).entries
    assert [entry.job_id for entry in entries] == [None] * 10
    assert {entry.status for entry in entries} == {"pending"}


def test_a_modules_own_word_goes_before_that_of_its_envelope() -> None:
    body = {"status": "ok", "module": "search", "health": {"status": "unhealthy", "message": "index lost"}}
    read = report("module_health.search", body)
    assert (read.status, read.message) == (Status.DOWN, "index lost")


def test_a_ratio_is_not_taken_for_a_percentage() -> None:
    read = report("cache", {"status": "ok", "cache_stats": {"hit_rate": 0.9, "total_requests": 10}})
    assert (read.hit_rate, read.miss_rate) == (None, None)
