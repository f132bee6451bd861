"""What a fresh system answers: the parts of each body that nothing has filled yet."""

from typing import Any

_NO_TIMES = {"p50": 0.0, "p95": 0.0, "p99": 0.0}

EMPTY: dict[str, dict[str, Any]] = {
    "health": {"status": "healthy", "modules": {}},
    "ml_health": {"status": "not_applicable", "message": "No model has been loaded yet", "models_loaded": 0},
    "model_health": {"models": {}},
    "performance": {"api_response_time": _NO_TIMES, "request_rate": 0.0, "error_rate": 0.0},
    "recommendation_quality": {
        "accuracy": 0.0,
        "click_through_rate": 0.0,
        "avg_user_rating": 0.0,
        "model_performance": {},
        "ab_tests": [],
    },
    "user_engagement": {
        "active_users": 0,
        "resources_created": 0,
        "resources_updated": 0,
        "searches_performed": 0,
        "annotations_created": 0,
        "collections_created": 0,
    },
    "database": {
        "connection_pool": {"active": 0, "idle": 0, "max": 40, "utilization": 0.0},
        "query_performance": {"avg_query_time_ms": 0.0, "slow_queries": 0},
        "table_stats": {},
        "slow_query_log": [],
    },
    "events": {
        "events_emitted": 0,
        "events_received": 0,
        "event_latency_ms": _NO_TIMES,
        "event_types": {},
        "failed_deliveries": 0,
    },
    "cache": {"hit_rate": 0.0, "miss_rate": 0.0, "size_mb": 0.0, "eviction_rate": 0.0, "top_keys": []},
    "workers": {
        # Nobody has started a worker yet, which is not healthy, but no failure either.
        "active_workers": 0,
        "worker_health": "degraded",
        "queue_length": 0,
        "processing_rate": 0.0,
        "failed_tasks": 0,
        "workers": [],
    },
}
