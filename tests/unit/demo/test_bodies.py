"""The standard dialect: shapes, and that the calls agree with each other."""

from collections import defaultdict
from datetime import datetime
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families

from ops_dashboard.demo.calls import CALLS
from ops_dashboard.demo.modules import MODULES
from tests.unit.demo.conftest import START, Demo

NUMBER = (int, float)
PERCENTILES = {"p50": NUMBER, "p95": NUMBER, "p99": NUMBER}
MODULE = {"status": str, "response_time_ms": NUMBER, "error_count": int}
SHAPES: dict[str, Any] = {
    "/api/monitoring/health": {"status": str, "timestamp": str, "modules": {"*": MODULE}},
    "/api/monitoring/health/ml": {"status": str},
    "/api/monitoring/health/module/search": {**MODULE, "module": str, "message": str, "last_check": str},
    "/api/monitoring/model-health": {
        "models": {
            "*": {
                "loaded": bool,
                "inference_time_ms": NUMBER,
                "memory_mb": NUMBER,
                "error_rate": NUMBER,
                "last_inference": str,
            }
        }
    },
    "/api/monitoring/performance": {
        "api_response_time": PERCENTILES,
        "request_rate": NUMBER,
        "error_rate": NUMBER,
        "uptime_seconds": NUMBER,
    },
    "/api/monitoring/database": {
        "connection_pool": {"active": int, "idle": int, "max": int, "utilization": NUMBER},
        "query_performance": {"avg_query_time_ms": NUMBER, "slow_queries": int},
        "table_stats": {"*": {"row_count": int, "size_mb": NUMBER}},
        "slow_query_log": [{"query": str, "duration_ms": NUMBER, "at": str}],
    },
    "/api/monitoring/db/pool": {"active": int, "idle": int, "max": int, "utilization": NUMBER},
    "/api/monitoring/events": {
        "events_emitted": int,
        "events_received": int,
        "event_latency_ms": PERCENTILES,
        "event_types": {"*": int},
        "failed_deliveries": int,
    },
    "/api/monitoring/events/history": [{"name": str, "timestamp": str, "data": dict}],
    "/api/monitoring/cache/stats": {
        "hit_rate": NUMBER,
        "miss_rate": NUMBER,
        "size_mb": NUMBER,
        "eviction_rate": NUMBER,
        "top_keys": [{"key": str, "hits": int, "size_bytes": int}],
    },
    "/api/monitoring/workers/status": {
        "active_workers": int,
        "worker_health": str,
        "queue_length": int,
        "processing_rate": NUMBER,
        "failed_tasks": int,
        "workers": [{"name": str, "status": str}],
    },
    "/api/monitoring/user-engagement": {
        "active_users": int,
        "resources_created": int,
        "resources_updated": int,
        "searches_performed": int,
        "annotations_created": int,
        "collections_created": int,
        "time_range": str,
    },
    "/api/monitoring/recommendation-quality": {
        "accuracy": NUMBER,
        "click_through_rate": NUMBER,
        "avg_user_rating": NUMBER,
        "model_performance": {"*": {"precision": NUMBER, "recall": NUMBER, "f1_score": NUMBER}},
    },
    "/api/v1/ingestion/worker/status": {"status": str},
    "/api/v1/ingestion/health/worker": {
        "state": str,
        "last_seen_unix": NUMBER,
        "seconds_since_last_seen": NUMBER,
        "threshold_seconds": int,
    },
    "/api/v1/ingestion/health": {"status": str, "services": {"*": str}},
    "/api/v1/ingestion/jobs/history": [{"job_id": str, "repo_url": str, "status": str, "submitted_at": str}],
    "/health": {"status": str},
}


def assert_shape(value: Any, shape: Any, where: str) -> None:
    if isinstance(shape, list):
        assert isinstance(value, list) and value, where
        for item in value:
            assert_shape(item, shape[0], where)
    elif isinstance(shape, dict):
        assert isinstance(value, dict) and value, where
        for name, inner in (
            {**shape, **dict.fromkeys(value, shape["*"])}.items() if "*" in shape else shape.items()
        ):
            if name != "*":
                assert_shape(value[name], inner, f"{where}.{name}")
    else:
        assert isinstance(value, shape), f"{where}: {value!r}"


def test_every_get_of_the_contract_has_its_shape_written_down() -> None:
    offered = {call.path.replace("{module_name}", "search") for call in CALLS if call.method == "GET"}
    assert offered - set(SHAPES) == {"/metrics", "/openapi.json", "/admin/sparse-embeddings/jobs/{job_id}"}


@pytest.mark.parametrize("demo", ["lively", "healthy", "degraded", "incident"], indirect=True)
@pytest.mark.parametrize("path", SHAPES)
async def test_every_body_has_the_standard_shape(demo: Demo, path: str) -> None:
    assert_shape(await demo.body(path), SHAPES[path], path)


async def test_health_names_the_thirteen_modules(demo: Demo) -> None:
    assert list((await demo.body("/api/monitoring/health"))["modules"]) == list(MODULES)
    assert len(MODULES) == 13


async def test_a_module_tells_the_same_alone_as_among_the_others(demo: Demo) -> None:
    whole = (await demo.body("/api/monitoring/health"))["modules"]
    for name, told in whole.items():
        assert (await demo.body(f"/api/monitoring/health/module/{name}")).items() >= told.items()


async def test_an_unknown_module_is_not_found(demo: Demo) -> None:
    answer = await demo.get("/api/monitoring/health/module/astrology")
    assert (answer.status_code, answer.json()) == (404, {"detail": "Module 'astrology' is not registered"})


async def test_pool_figures_agree(demo: Demo) -> None:
    pool = (await demo.body("/api/monitoring/database"))["connection_pool"]
    assert pool["utilization"] == pytest.approx(100 * pool["active"] / pool["max"], abs=0.05)
    assert (await demo.body("/api/monitoring/db/pool")).items() >= pool.items()


async def test_event_counts_agree_with_their_types_and_their_history(demo: Demo) -> None:
    events = await demo.body("/api/monitoring/events")
    assert events["events_emitted"] == sum(events["event_types"].values())
    assert events["events_received"] == events["events_emitted"] - events["failed_deliveries"]
    history = await demo.body("/api/monitoring/events/history")
    assert len(history) == 100
    assert {event["name"] for event in history} <= set(events["event_types"])
    demo.clock.now += 30
    later = await demo.body("/api/monitoring/events")
    newest = [
        e for e in await demo.body("/api/monitoring/events/history", limit=1000) if at(e["timestamp"]) > START
    ]
    assert len(newest) == pytest.approx(later["events_emitted"] - events["events_emitted"], abs=1)


async def test_event_history_is_oldest_first_and_jobs_are_newest_first(demo: Demo) -> None:
    events = [at(e["timestamp"]) for e in await demo.body("/api/monitoring/events/history", limit=20)]
    jobs = [at(j["submitted_at"]) for j in await demo.body("/api/v1/ingestion/jobs/history")]
    assert len(events) == 20 and events == sorted(events)
    assert len(jobs) == 100 and jobs == sorted(jobs, reverse=True)


async def test_slow_queries_are_slow_and_the_log_is_part_of_the_count(demo: Demo) -> None:
    database = await demo.body("/api/monitoring/database")
    assert all(entry["duration_ms"] >= 100 for entry in database["slow_query_log"])
    assert len(database["slow_query_log"]) <= database["query_performance"]["slow_queries"]


async def test_hits_and_misses_make_a_whole(demo: Demo) -> None:
    cache = await demo.body("/api/monitoring/cache/stats")
    assert cache["hit_rate"] + cache["miss_rate"] == pytest.approx(100)


async def test_counts_of_engagement_grow_with_the_range(demo: Demo) -> None:
    ranges = [
        await demo.body("/api/monitoring/user-engagement", time_range=r) for r in ("1h", "6h", "24h", "7d")
    ]
    for name in ("active_users", "searches_performed", "resources_created"):
        counts = [body[name] for body in ranges]
        assert counts == sorted(counts) and counts[0] < counts[-1], name
    assert [body["time_range"] for body in ranges] == ["1h", "6h", "24h", "7d"]


async def test_days_are_a_range_too_and_the_word_goes_before_them(demo: Demo) -> None:
    week = await demo.body("/api/monitoring/user-engagement", time_window_days=7)
    both = await demo.body("/api/monitoring/user-engagement", time_window_days=7, time_range="1h")
    assert week["time_range"] == "7d"
    assert both["time_range"] == "1h" and both["searches_performed"] < week["searches_performed"]


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/api/monitoring/user-engagement", {"time_range": "fortnight"}),
        ("/api/monitoring/user-engagement", {"time_window_days": "91"}),
        ("/api/monitoring/recommendation-quality", {"time_window_days": "0"}),
        ("/api/monitoring/events/history", {"limit": "many"}),
        ("/api/v1/ingestion/jobs/history", {"limit": "0"}),
    ],
)
async def test_it_refuses_a_bad_query_with_a_list_of_findings(
    demo: Demo, path: str, query: dict[str, str]
) -> None:
    answer = await demo.get(path, **query)
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"] == ["query", next(iter(query))]


async def test_uptime_counts_on(demo: Demo) -> None:
    before = (await demo.body("/api/monitoring/performance"))["uptime_seconds"]
    demo.clock.now += 10
    assert (await demo.body("/api/monitoring/performance"))["uptime_seconds"] == before + 10


async def test_prometheus_counters_agree_with_the_performance_call(demo: Demo) -> None:
    before = await scrape(demo)
    demo.clock.now += 60
    after = await scrape(demo)
    grown = {name: after[name] - before[name] for name in before}
    told = await demo.body("/api/monitoring/performance")
    total = grown["http_request_duration_seconds_count"]
    requests = sum(v for n, v in grown.items() if n.startswith("http_requests_total"))
    failed = grown["http_requests_total 500"] + grown["http_requests_total 503"]
    assert requests == total == grown["http_request_duration_seconds_bucket +Inf"]
    assert total / 60 == pytest.approx(told["request_rate"], rel=0.03)
    assert 100 * failed / total == pytest.approx(told["error_rate"], abs=0.15)
    # The p95 lies between the edges around it.
    p95 = told["api_response_time"]["p95"] / 1000
    assert 0.1 < p95 < 0.25
    assert grown["http_request_duration_seconds_bucket 0.1"] < 0.95 * total
    assert grown["http_request_duration_seconds_bucket 0.25"] > 0.95 * total


async def test_every_handler_counts_upwards_alone(demo: Demo) -> None:
    before = await samples(demo)
    for _ in range(40):
        demo.clock.now += 1
        after = await samples(demo)
        assert all(after[key] >= value for key, value in before.items()), "a counter never falls"
        before = after


async def scrape(demo: Demo) -> dict[str, float]:
    """The counters summed up over handlers and methods."""
    sums: defaultdict[str, float] = defaultdict(float)
    for (name, labels), value in (await samples(demo)).items():
        kept = [text for label, text in labels if label in ("status", "le")]
        sums[" ".join([name, *kept])] += value
    return dict(sums)


async def samples(demo: Demo) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    answer = await demo.get("/metrics")
    assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    return {
        (sample.name, tuple(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def at(timestamp: str) -> float:
    assert timestamp.endswith("Z")
    return datetime.fromisoformat(timestamp).timestamp()
