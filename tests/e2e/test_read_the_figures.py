"""Reading the figures: the page says what the backend says, neither more nor less."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Watch
from tests.e2e.demo import Demo
from tests.e2e.pages import expect_reading

REPORTED: dict[str, Any] = {
    "performance.api_response_time": {"p50": 48.26, "p95": 312.4, "p99": 1240.7},
    "performance.request_rate": 31.5,
    "performance.error_rate": 0.42,
    "performance.uptime_seconds": 266_760,
    "database.connection_pool": {"active": 17, "idle": 23, "max": 40, "utilization": 42.5},
    "database.query_performance": {"avg_query_time_ms": 7.25, "slow_queries": 1204},
    "database.table_stats": {
        "resources": {"row_count": 184_220, "size_mb": 534.2},
        "users": {"row_count": 2_214, "size_mb": 1.6},
    },
    "events.events_emitted": 1_234_567,
    "events.events_received": 1_234_560,
    "events.event_latency_ms": {"p50": 0.31, "p95": 0.84, "p99": 1.72},
    "events.failed_deliveries": 7,
    "cache.hit_rate": 91.4,
    "cache.miss_rate": 8.6,
    "cache.size_mb": 412.7,
    "cache.eviction_rate": 0.35,
    "workers.active_workers": 4,
    "workers.worker_health": "healthy",
    "workers.queue_length": 12,
    "workers.processing_rate": 3.25,
    "workers.failed_tasks": 3,
    "model_health.models.embedding": {
        "loaded": True,
        "inference_time_ms": 18.2,
        "memory_mb": 1270,
        "error_rate": 0.12,
    },
    "model_health.models.summarizer": {"loaded": False},
    "user_engagement.active_users": 481,
    "user_engagement.resources_created": 477,
    "user_engagement.resources_updated": 1_291,
    "user_engagement.searches_performed": 9_490,
    "user_engagement.annotations_created": 330,
    "user_engagement.collections_created": 27,
    "recommendation_quality.accuracy": 87.26,
    "recommendation_quality.click_through_rate": 12.5,
    "recommendation_quality.avg_user_rating": 4.2,
}

SHOWN: dict[str, dict[str, str]] = {
    "Key metrics": {
        "performance.p95": "312 ms",
        "performance.request_rate": "31.5 /s",
        "performance.error_rate": "0.42 %",
        "db_pool.utilization": "42.5 %",
        "workers.queue_length": "12 tasks",
        "cache.hit_rate": "91.4 %",
        "performance.uptime_seconds": "3 d 2 h",
    },
    "Performance": {"performance.p50": "48.3 ms", "performance.p99": "1,241 ms"},
    "Database": {
        "database.active": "17",
        "database.idle": "23",
        "database.max": "40",
        "database.avg_query_time_ms": "7.25 ms",
        "database.slow_queries": "1,204",
        "database.tables": "2",
        "database.rows": "186,434",
        "database.size": "536 MB",
    },
    "Event bus": {
        "events.emitted": "1,234,567",
        "events.received": "1,234,560",
        "events.failed": "7",
        "events.p95": "0.84 ms",
    },
    "Cache": {
        "cache.hit_rate": "91.4 %",
        "cache.miss_rate": "8.6 %",
        "cache.size_mb": "413 MB",
        "cache.eviction_rate": "0.35 /s",
    },
    "Workers": {
        "workers.active_workers": "4",
        "workers.queue_length": "12 tasks",
        "workers.processing_rate": "3.25 /s",
        "workers.failed_tasks": "3",
    },
    "ML models": {"models.embedding": "18.2 ms", "models.summarizer": "not loaded"},
    "User engagement": {
        "engagement.active_users": "481",
        "engagement.resources_created": "477",
        "engagement.resources_updated": "1,291",
        "engagement.searches_performed": "9,490",
        "engagement.annotations_created": "330",
        "engagement.collections_created": "27",
    },
    "Recommendation quality": {
        "recommendation.accuracy": "87.3 %",
        "recommendation.click_through_rate": "12.5 %",
        "recommendation.avg_user_rating": "4.2 of 5",
    },
}


@pytest.mark.criterion(
    *("7.3.2", "7.3.3", "7.3.4", "7.4.1", "7.4.2", "7.5.1", "7.5.2", "7.5.4", "7.6.1", "7.6.4"),
    *("7.7.1", "7.7.3", "7.7.4", "7.7.5", "7.8.1", "7.8.2", "7.9.1", "7.9.2", "7.9.3", "7.9.4", "7.9.5"),
    *("7.10.1", "7.10.2", "7.10.3"),
)
def test_every_figure_equals_what_the_backend_reports(demo: Demo, watch: Watch) -> None:
    demo.set(REPORTED)
    ops = watch()
    for region, figures in SHOWN.items():
        for key, text in figures.items():
            expect_reading(ops.figure(key, region), text)
            expect(ops.figure(key, region)).to_have_attribute("data-display", "value")


@pytest.mark.criterion("7.7.2", "7.12.4", "7.12.7")
def test_states_and_counts_of_workers_and_jobs_are_the_backend_s(demo: Demo, watch: Watch) -> None:
    states = ["pending"] * 3 + ["processing"] + ["completed"] * 5 + ["failed"] * 2
    demo.set(
        {
            "workers.worker_health": "degraded",
            "ingestion_health.status": "healthy",
            "ingestion_heartbeat.state": "offline",
            "ingestion_heartbeat.seconds_since_last_seen": 754,
            "jobs": [{"job_id": f"job-{n}", "status": state} for n, state in enumerate(states)],
        }
    )
    ops = watch()
    expect_reading(ops.region("Workers"), "Degraded")
    expect_reading(ops.region("Ingestion"), "Healthy")
    edge = ops.region("Ingestion").locator('[data-heartbeat="edge-worker"]')
    expect_reading(edge, "Offline")
    expect_reading(edge, "12 min ago")
    for state in ("pending", "processing", "completed", "failed"):
        expect_reading(ops.figure(f"jobs.{state}", "Ingestion"), str(states.count(state)))


@pytest.mark.thorough
@pytest.mark.criterion("7.3.3", "nfr.accessibility.4")
def test_a_figure_beyond_its_threshold_is_marked_in_words_too(demo: Demo, watch: Watch) -> None:
    demo.set({"performance.error_rate": 7.5, "workers.queue_length": 240})
    ops = watch()
    expect_reading(ops.figure("performance.error_rate"), "warning")
    expect_reading(ops.figure("workers.queue_length"), "critical")
    expect(ops.figure("performance.request_rate")).not_to_contain_text("warning")
