"""Bodies that lie about their types: what the scenario ``hostile`` makes of each call.

Names carry markup, control and bidirectional characters, or 50 KB; numbers are NaN, infinite, negative, text or
of five thousand digits; lists stand where objects belong and the other way round; no two timestamps agree on a
format; lists have a hundred thousand entries, and with each answer some names are new.
"""

import math
from collections.abc import Callable
from typing import Any

from ops_dashboard.demo.hostile.infrastructure import cache, database, event_history, events, workers
from ops_dashboard.demo.hostile.ingestion import heartbeat, jobs, services
from ops_dashboard.demo.hostile.texts import BIDI, FORMULAS, MARKUP, ODD_NAMES, TERMINAL, TOWER, WIDE
from ops_dashboard.demo.hostile.verbatim import part

_CROWD = 280
_NEW = 20
"""Names that no earlier answer had."""


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
    return {
        **body,
        "status": "Healthy ",
        "timestamp": "31/12/2026 10:00",
        "modules": {
            **modules,
            "graph": ["healthy", 3],
            "mcp": None,
            "authority": {**modules["authority"], "message": TERMINAL, "error_count": part("huge_integer")},
            "resources": {
                **modules["resources"],
                "message": TOWER,
                "response_time_ms": part("beyond_floats"),
            },
            "collections": "healthy",
            **dict.fromkeys(ODD_NAMES, plain),
            **{f"new-{body['timestamp']}-{n}": plain for n in range(_NEW)},
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
    new = (
        {f"new-{body['timestamp']}-{n}": {"loaded": True} for n in range(_NEW)} if "timestamp" in body else {}
    )
    towers = {TOWER: {"loaded": True}, WIDE: {"loaded": True}, TERMINAL: {"loaded": True}}
    return {**body, "models": {**body["models"], **spoilt, **towers, **new, part("models"): None}}


def _recommendation(body: Any) -> Any:
    return {
        **body,
        "accuracy": "87.4",
        "click_through_rate": 340.0,
        "avg_user_rating": 11,
        "model_performance": {
            **{name: {"precision": 0.5, "f1_score": 0.9} for name in (MARKUP, TOWER, WIDE, TERMINAL)},
            "a list": [1],
            part("scores"): None,
        },
        "ab_tests": [
            {"name": name, "winner": name, "variants": [{"name": name, "users": "many"}]}
            for name in (MARKUP, TOWER, TERMINAL, *FORMULAS)
        ]
        + [part("tests")],
    }


def _engagement(body: Any) -> Any:
    return {
        **body,
        "active_users": -12,
        "resources_created": "31",
        "searches_performed": math.nan,
        "time_range": MARKUP,
    }


HOSTILE: dict[str, Callable[[Any], Any]] = {
    "health": _health,
    "performance": _performance,
    "database": database,
    "events": events,
    "event_history": event_history,
    "cache": cache,
    "workers": workers,
    "model_health": _models,
    "recommendation_quality": _recommendation,
    "user_engagement": _engagement,
    "jobs": jobs,
    "ingestion_heartbeat": heartbeat,
    "ingestion_worker": lambda _: {"status": f"Training Graph on {MARKUP} {BIDI} 140%"},
    "ingestion_health": services,
    "ml_health": lambda _: [],
}
"""Call name to what spoils its body. Calls that are not named stay as they are."""
