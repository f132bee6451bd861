"""Database, event bus, cache and workers that lie."""

import math
from typing import Any

from ops_dashboard.demo.hostile.texts import (
    BIDI,
    CONTROL,
    FORMULAS,
    LINK,
    LONG,
    MARKUP,
    MEGABYTE,
    ODD_NAMES,
    ODD_TIMES,
    SCRIPT,
    SURROGATE,
    TERMINAL,
    TOWER,
    WIDE,
)
from ops_dashboard.demo.hostile.verbatim import part

_WORKERS = 3_000
"""Not more: they are read every second."""


def database(body: Any) -> Any:
    """Pool, tables, warnings and slow queries."""
    return {
        **body,
        "connection_pool": {"active": 1e308, "idle": "two", "max": 0, "utilization": "47 %"},
        "query_performance": None,
        "table_stats": {
            **body["table_stats"],
            MARKUP: {"row_count": -1, "size_mb": math.nan},
            TOWER: {"row_count": part("huge_integer"), "size_mb": part("beyond_floats")},
            **{formula: {"row_count": 1, "size_mb": 1_000 + n} for n, formula in enumerate(FORMULAS)},
            "t": [],
            LONG: None,
            part("tables"): None,
        },
        "warnings": [TERMINAL, {"message": MARKUP}, TOWER, *["The same again"] * 1_000],
        "slow_query_log": [
            {"query": SCRIPT, "duration_ms": "1e3", "at": ODD_TIMES[2]},
            {"query": LONG, "duration_ms": -1, "at": ODD_TIMES[7]},
            {"query": MEGABYTE, "duration_ms": 1, "at": 1_795_000_000},
            {"query": TERMINAL, "duration_ms": 1, "at": 1_795_000_001},
            {"query": None},
            "SELECT 1",
            part("slow_queries"),
        ],
    }


def events(body: Any) -> Any:
    """Counters and types."""
    return {
        **body,
        "events_emitted": -4,
        "events_received": 10**30,
        "event_latency_ms": [0.3, 0.8, 1.2],
        "event_types": {
            **body["event_types"],
            MARKUP: "3",
            BIDI: math.nan,
            CONTROL: None,
            TOWER: 1e9,
            part("types"): None,
        },
        "failed_deliveries": True,
    }


def event_history(body: Any) -> Any:
    """The latest events."""
    odd = [
        {"name": name, "timestamp": when, "priority": MARKUP, "data": "text"}
        for name, when in zip((MARKUP, SCRIPT, BIDI, CONTROL) * 3, ODD_TIMES, strict=True)
    ]
    told = [
        {"name": name, "timestamp": 1_795_000_000 + n, "correlation_id": TERMINAL, "data": {name: data}}
        for n, (name, data) in enumerate(
            ((TOWER, part("deep")), (WIDE, MEGABYTE), (SURROGATE, FORMULAS), (TERMINAL, LINK))
        )
    ]
    return [part("events"), *odd, None, 3, "event", [], {}, *body[-20:], *told]


def cache(body: Any) -> Any:
    """Rates and the keys that are read most."""
    keys = [
        {"key": MARKUP, "hits": "9", "size_bytes": -1},
        {"key": LONG},
        {"key": 7, "hits": math.nan},
        *({"key": formula, "hits": 1e9 + n} for n, formula in enumerate(FORMULAS)),
        "user:1",
        part("keys"),
    ]
    return {
        **body,
        "hit_rate": 9_100.0,
        "miss_rate": "9",
        "size_mb": -math.inf,
        "eviction_rate": {},
        part("twice"): None,
        "top_keys": keys,
    }


def workers(body: Any) -> Any:
    """The workers."""
    return {
        **body,
        "active_workers": "four",
        "worker_health": "on fire",
        "queue_length": 12.5,
        "processing_rate": -3,
        "failed_tasks": [],
        "workers": [
            *({"name": name, "status": name, "processed": -1} for name in ODD_NAMES),
            None,
            *({"name": f"worker-{n}", "status": "online"} for n in range(_WORKERS)),
        ],
    }
