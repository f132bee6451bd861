"""What each scenario answers."""

import math
import re
from typing import Any

import httpx
import pytest

from ops_dashboard.backend.client import MAX_BYTES
from ops_dashboard.backend.decode import decode
from ops_dashboard.backend.receive import Reply
from ops_dashboard.demo.calls import CALLS
from ops_dashboard.demo.hostile.bodies import HOSTILE
from ops_dashboard.demo.hostile.texts import LONG
from ops_dashboard.demo.scenarios import SCENARIOS
from ops_dashboard.demo.simulation import Simulation
from tests.unit.demo.conftest import Demo

GETS = [
    call.path.replace("{module_name}", "search")
    for call in CALLS
    if call.method == "GET" and call.name != "sparse_job"
]


def only(scenario: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("demo", [scenario], indirect=True)


def test_every_scenario_of_the_design_exists_and_is_described() -> None:
    assert [name for name, _ in Simulation.scenarios] == list(SCENARIOS)
    assert set(SCENARIOS) == {"lively", "healthy", "degraded", "incident", "outage", "empty", "hostile"}
    assert all(text and "\n" not in text for _, text in Simulation.scenarios)


@pytest.mark.parametrize("demo", [name for name in SCENARIOS if name != "outage"], indirect=True)
@pytest.mark.parametrize("path", GETS)
async def test_every_call_answers_in_every_reachable_scenario(demo: Demo, path: str) -> None:
    for _ in range(3):
        answer = await demo.get(path)
        missing = demo.simulation.scenario == "empty" and "/module/" in path
        assert answer.status_code == (404 if missing else 200), answer.text
        demo.clock.now += 41


@pytest.mark.parametrize(
    ("demo", "word", "search"),
    [("healthy", "healthy", "healthy"), ("degraded", "degraded", "degraded"), ("incident", "down", "down")],
    indirect=["demo"],
)
async def test_health_has_the_word_for_the_scenario(demo: Demo, word: str, search: str) -> None:
    health = await demo.body("/api/monitoring/health")
    assert health["status"] == word
    assert health["modules"]["search"]["status"] == search


@only("degraded")
async def test_degraded_stays_below_the_alert_limits(demo: Demo) -> None:
    for _ in range(20):
        performance = await demo.body("/api/monitoring/performance")
        assert performance["error_rate"] < 5 and performance["api_response_time"]["p95"] < 500
        assert (await demo.body("/api/monitoring/workers/status"))["queue_length"] < 100
        demo.clock.now += 97


@only("degraded")
async def test_degraded_has_a_late_heartbeat(demo: Demo) -> None:
    heartbeat = await demo.body("/api/v1/ingestion/health/worker")
    assert heartbeat["state"] == "degraded"
    assert 100 < heartbeat["seconds_since_last_seen"] < heartbeat["threshold_seconds"]


@only("incident")
async def test_an_incident_reaches_twice_the_alert_limits(demo: Demo) -> None:
    performance = await demo.body("/api/monitoring/performance")
    workers = await demo.body("/api/monitoring/workers/status")
    assert performance["error_rate"] > 10
    assert performance["api_response_time"]["p95"] > 900
    assert workers["queue_length"] > 180
    assert workers["active_workers"] < len(workers["workers"])


@only("incident")
async def test_an_incident_has_a_silent_edge_worker_and_a_stuck_job(demo: Demo) -> None:
    heartbeat = await demo.body("/api/v1/ingestion/health/worker")
    assert heartbeat["state"] == "offline"
    assert heartbeat["seconds_since_last_seen"] > heartbeat["threshold_seconds"]
    assert await demo.body("/api/v1/ingestion/worker/status") == {"status": "Offline"}
    demo.clock.now += 7_200
    jobs = await demo.body("/api/v1/ingestion/jobs/history")
    assert [job["status"] for job in jobs].count("processing") <= 1
    assert [job["status"] for job in jobs].count("pending") == 10


@only("outage")
@pytest.mark.parametrize("path", GETS)
async def test_in_an_outage_every_call_breaks(demo: Demo, path: str) -> None:
    with pytest.raises(httpx.ReadError, match="reset the connection"):
        await demo.get(path)


@only("outage")
async def test_in_an_outage_the_control_still_answers_and_ends_it(demo: Demo) -> None:
    assert (await demo.control(scenario="healthy")).status_code == 200
    assert (await demo.body("/api/monitoring/health"))["status"] == "healthy"


@only("empty")
async def test_a_fresh_system_has_zeros_and_empty_collections(demo: Demo) -> None:
    demo.clock.now += 5
    assert (await demo.body("/api/monitoring/health"))["modules"] == {}
    performance = await demo.body("/api/monitoring/performance")
    assert performance["api_response_time"] == {"p50": 0, "p95": 0, "p99": 0}
    assert (performance["request_rate"], performance["error_rate"], performance["uptime_seconds"]) == (
        0,
        0,
        5,
    )
    assert (await demo.body("/api/monitoring/events"))["events_emitted"] == 0
    assert await demo.body("/api/monitoring/events/history") == []
    assert await demo.body("/api/v1/ingestion/jobs/history") == []
    assert (await demo.body("/api/monitoring/cache/stats"))["top_keys"] == []
    database = await demo.body("/api/monitoring/database")
    assert database["table_stats"] == {} and database["slow_query_log"] == []
    counted = re.findall(r"^http_requests_total{.*} (.*)$", (await demo.get("/metrics")).text, re.M)
    assert counted and set(counted) == {"0.0"}


@only("empty")
async def test_a_fresh_system_can_be_put_to_work(demo: Demo) -> None:
    assert (await demo.client.post("/api/v1/ingestion/ingest/github.com/acme/tools")).status_code == 200
    assert len(await demo.body("/api/v1/ingestion/jobs/history")) == 1


@only("hostile")
@pytest.mark.parametrize("path", GETS)
async def test_a_hostile_body_is_still_well_formed_and_of_bearable_size(demo: Demo, path: str) -> None:
    answer = await demo.get(path)
    assert len(answer.content) < MAX_BYTES
    if path != "/metrics":
        assert decode(Reply(200, answer.headers, answer.content)) is not None


async def read(demo: Demo, call: str) -> Any:
    """The body of a call, as the dashboard reads it."""
    answer = await demo.get(f"/api/{call if '/' in call else f'monitoring/{call}'}")
    return decode(Reply(200, answer.headers, answer.content))


@only("hostile")
@pytest.mark.parametrize(
    ("call", "field"),
    [
        ("database", "table_stats"),
        ("database", "slow_query_log"),
        ("events", "event_types"),
        ("events/history", ""),
        ("cache/stats", "top_keys"),
        ("model-health", "models"),
        ("recommendation-quality", "ab_tests"),
        ("recommendation-quality", "model_performance"),
        ("v1/ingestion/jobs/history", ""),
        ("v1/ingestion/health", "services"),
    ],
)
async def test_hostile_lists_have_a_hundred_thousand_entries(demo: Demo, call: str, field: str) -> None:
    body = await read(demo, call if call.startswith("v1") else f"monitoring/{call}")
    assert len(body[field] if field else body) > 100_000


@only("hostile")
async def test_each_hostile_answer_has_names_that_none_before_had(demo: Demo) -> None:
    before = set((await read(demo, "health"))["modules"])
    demo.clock.now += 30
    new = set((await read(demo, "health"))["modules"]) - before
    assert len(new) == 20 and all(name.startswith("new-") for name in new)


@only("hostile")
async def test_the_longer_ranges_answer_what_costs_more_than_it_is_worth(demo: Demo) -> None:
    for call, least in (("user-engagement", 2_000_000), ("recommendation-quality", 500_000)):
        asking = demo.client.stream("GET", f"/api/monitoring/{call}", params={"time_range": "6h"})
        async with asking as answer:
            raw = b"".join([chunk async for chunk in answer.aiter_raw()])
        assert (answer.headers.get("content-encoding") == "gzip") is (call == "user-engagement")
        assert len(raw) > least
    assert (await demo.get("/api/monitoring/user-engagement", time_range="7d")).status_code == 500
    plain = await demo.get("/api/monitoring/user-engagement", time_range="1h")
    assert len(plain.content) < 1_000


@only("hostile")
async def test_hostile_health_holds_every_kind_of_lie(demo: Demo) -> None:
    modules = (await read(demo, "health"))["modules"]
    assert math.isnan(modules["search"]["response_time_ms"])
    assert math.isinf(modules["quality"]["response_time_ms"])
    assert modules["search"]["error_count"] == "12"
    assert modules["auth"]["response_time_ms"] < 0
    assert isinstance(modules["graph"], list)
    assert modules["mcp"] is None
    assert LONG in modules and len(LONG) == 50_000
    assert any("<img" in name for name in modules) and any("\u202e" in name for name in modules)
    assert math.isinf(modules["authority"]["error_count"])
    assert 330 < len(modules) < 400


def test_only_real_calls_are_spoilt() -> None:
    assert set(HOSTILE) <= {call.name for call in CALLS}
