"""Bodies that lie about their types: what the scenario ``hostile`` makes of each call.

Names carry markup, control and bidirectional characters, or 50 KB; numbers are NaN, infinite, negative or
text; lists stand where objects belong and the other way round; no two timestamps agree on a format.
"""

import math
from collections.abc import Callable
from typing import Any

MARKUP = '<img src=x onerror="alert(1)">'
SCRIPT = "</script><script>alert('ops')</script>"
BIDI = "safe\u202egnp.exe\u202c"
CONTROL = "line one\nline two\ttab\x1b[31m red"
LONG = "m" * 50_000
_CROWD = 280

ODD_TIMES: tuple[Any, ...] = (
    "",
    None,
    "yesterday",
    "2026-13-45T99:99:99Z",
    "2026-03-01T12:00:00",
    "2026-03-01T12:00:00+05:45",
    "2026-03-01 12:00:00",
    1_772_366_400,
    1_772_366_400_000,
    -1,
    "9999-12-31T23:59:59.999999Z",
    ["2026-03-01"],
)


def _health(body: Any) -> Any:
    modules = dict(body["modules"])
    spoilt = {
        "search": {"response_time_ms": math.nan, "error_count": "12"},
        "auth": {"response_time_ms": -5.0, "error_count": -3},
        "quality": {"response_time_ms": math.inf, "status": 7},
        "planning": {"status": "ON FIRE", "response_time_ms": "187.5"},
        "scholarly": {"status": None, "error_count": 2.5},
    }
    for name, fields in spoilt.items():
        modules[name] = {**modules[name], **fields}
    plain = {"status": "healthy", "response_time_ms": 12.0, "error_count": 0}
    odd = (
        MARKUP,
        SCRIPT,
        BIDI,
        CONTROL,
        LONG,
        "",
        " ",
        "__proto__",
        "constructor",
        "名前",
        "{{7*7}}",
        "a.b/c?d#e",
    )
    return {
        **body,
        "status": "Healthy ",
        "timestamp": "31/12/2026 10:00",
        "modules": {
            **modules,
            "graph": ["healthy", 3],
            "mcp": None,
            "authority": "healthy",
            **dict.fromkeys(odd, plain),
            **{f"extra-{n:03d}": plain for n in range(_CROWD)},
        },
    }


def _performance(body: Any) -> Any:
    return {
        **body,
        "api_response_time": {"p50": "48", "p95": math.nan, "p99": [1, 2]},
        "request_rate": "31.5",
        "error_rate": math.inf,
        "uptime_seconds": -1,
        "timestamp": 0,
    }


def _database(body: Any) -> Any:
    return {
        **body,
        "connection_pool": {"active": 1e308, "idle": "two", "max": 0, "utilization": "47 %"},
        "query_performance": None,
        "table_stats": {
            **body["table_stats"],
            MARKUP: {"row_count": -1, "size_mb": math.nan},
            "t": [],
            LONG: None,
        },
        "slow_query_log": [
            {"query": SCRIPT, "duration_ms": "1e3", "at": ODD_TIMES[2]},
            {"query": LONG, "duration_ms": -1, "at": ODD_TIMES[7]},
            {"query": None},
            "SELECT 1",
        ],
    }


def _events(body: Any) -> Any:
    return {
        **body,
        "events_emitted": -4,
        "events_received": 10**30,
        "event_latency_ms": [0.3, 0.8, 1.2],
        "event_types": {**body["event_types"], MARKUP: "3", BIDI: math.nan, CONTROL: None},
        "failed_deliveries": True,
    }


def _event_history(body: Any) -> Any:
    odd = [
        {"name": name, "timestamp": when, "priority": MARKUP, "data": "text"}
        for name, when in zip((MARKUP, SCRIPT, BIDI, CONTROL) * 3, ODD_TIMES, strict=True)
    ]
    return [*body[:20], *odd, None, 3, "event", [], {}]


def _cache(body: Any) -> Any:
    keys = [
        {"key": MARKUP, "hits": "9", "size_bytes": -1},
        {"key": LONG},
        {"key": 7, "hits": math.nan},
        "user:1",
    ]
    return {
        **body,
        "hit_rate": 9_100.0,
        "miss_rate": "9",
        "size_mb": -math.inf,
        "eviction_rate": {},
        "top_keys": keys,
    }


def _workers(body: Any) -> Any:
    return {
        **body,
        "active_workers": "four",
        "worker_health": "on fire",
        "queue_length": 12.5,
        "processing_rate": -3,
        "failed_tasks": [],
        "workers": {MARKUP: {"status": BIDI}},
    }


def _models(body: Any) -> Any:
    spoilt = {
        "embedding": {"loaded": "yes", "inference_time_ms": math.nan, "memory_mb": -1, "error_rate": "0.1 %"},
        "summarizer": [],
        MARKUP: {
            "loaded": True,
            "inference_time_ms": 1,
            "memory_mb": 1,
            "error_rate": 101,
            "last_inference": 0,
        },
    }
    return {"models": {**body["models"], **spoilt}}


def _recommendation(body: Any) -> Any:
    return {
        **body,
        "accuracy": "87.4",
        "click_through_rate": 340.0,
        "avg_user_rating": 11,
        "model_performance": [{"ncf": 1}],
        "ab_tests": {"name": MARKUP},
    }


def _engagement(body: Any) -> Any:
    return {
        **body,
        "active_users": -12,
        "resources_created": "31",
        "searches_performed": math.nan,
        "time_range": MARKUP,
    }


def _jobs(body: Any) -> Any:
    odd = [
        {
            "job_id": None,
            "repo_url": MARKUP,
            "status": "PENDING",
            "submitted_at": when,
            "duration_seconds": -3,
        }
        for when in ODD_TIMES
    ]
    return [
        *body[:10],
        *odd,
        {"job_id": "job-00001", "repo_url": LONG, "status": "exploded", "error": SCRIPT},
        {"job_id": "job-00001", "repo_url": "javascript:alert(1)", "status": "failed", "error": [CONTROL]},
        {"job_id": 2**70, "repo_url": "unknown", "status": 4},
        None,
        "job",
    ]


def _heartbeat(body: Any) -> Any:
    return {
        **body,
        "state": MARKUP,
        "last_seen_unix": "soon",
        "seconds_since_last_seen": -40,
        "worker_meta": "none",
    }


HOSTILE: dict[str, Callable[[Any], Any]] = {
    "health": _health,
    "performance": _performance,
    "database": _database,
    "events": _events,
    "event_history": _event_history,
    "cache": _cache,
    "workers": _workers,
    "model_health": _models,
    "recommendation_quality": _recommendation,
    "user_engagement": _engagement,
    "jobs": _jobs,
    "ingestion_heartbeat": _heartbeat,
    "ingestion_worker": lambda _: {"status": f"Training Graph on {MARKUP} {BIDI} 140%"},
    "ingestion_health": lambda _: {
        "status": ["healthy"],
        "services": {MARKUP: SCRIPT, "redis": None, "q": 1},
    },
    "ml_health": lambda _: [],
}
"""Call name to what spoils its body. Calls that are not named stay as they are."""
