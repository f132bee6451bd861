"""``/demo/control``: every verb, and every kind of bad input."""

import json
import math
from typing import Any

import pytest

from tests.unit.demo.conftest import Demo

DATABASE = "/api/monitoring/database"


async def test_it_tells_the_state_of_the_demo(demo: Demo) -> None:
    state = (await demo.get("/demo/control")).json()
    assert state["scenario"] == "healthy"
    assert {"name", "description"} == set(state["scenarios"][0])
    assert state["overrides"] == state["faults"] == state["calls"] == {}


async def test_it_changes_the_scenario(demo: Demo) -> None:
    assert (await demo.control(scenario="incident")).json()["scenario"] == "incident"
    assert (await demo.body("/api/monitoring/health"))["status"] == "down"


@pytest.mark.parametrize(
    ("path", "value", "call"),
    [
        ("performance.error_rate", 9.0, "/api/monitoring/performance"),
        ("performance.api_response_time.p95", None, "/api/monitoring/performance"),
        ("health.modules.search.status", "down", "/api/monitoring/health"),
        ("workers.queue_length", 214, "/api/monitoring/workers/status"),
        ("jobs.0.status", "failed", "/api/v1/ingestion/jobs/history"),
        ("events.event_types.brand_new", 3, "/api/monitoring/events"),
        ("ingestion_worker.status", "Error: disk full", "/api/v1/ingestion/worker/status"),
    ],
)
async def test_it_puts_a_value_into_a_body_and_takes_it_out_again(
    demo: Demo, path: str, value: Any, call: str
) -> None:
    before = await demo.body(call)
    assert (await demo.control(set={path: value})).json()["overrides"] == {path: value}
    changed: Any = await demo.body(call)
    assert changed != before
    for step in path.split(".")[1:]:
        changed = changed[int(step) if isinstance(changed, list) else step]
    assert changed == value
    await demo.control(unset=[path])
    assert await demo.body(call) == before


async def test_it_replaces_a_whole_body(demo: Demo) -> None:
    await demo.control(set={"performance": [1, 2]})
    assert await demo.body("/api/monitoring/performance") == [1, 2]


async def test_a_module_and_the_pool_follow_what_was_put_into_the_whole(demo: Demo) -> None:
    await demo.control(
        set={"health.modules.search.status": "down", "database.connection_pool.utilization": 97}
    )
    assert (await demo.body("/api/monitoring/health/module/search"))["status"] == "down"
    assert (await demo.body("/api/monitoring/db/pool"))["utilization"] == 97


async def test_a_capability_can_be_hidden(demo: Demo) -> None:
    await demo.control(set={"openapi.paths": {}})
    assert (await demo.body("/openapi.json"))["paths"] == {}


async def test_it_can_put_what_json_forbids_and_still_tells_of_it_in_json(demo: Demo) -> None:
    answer = await demo.client.post(
        "/demo/control",
        content='{"set": {"performance.error_rate": NaN}}',
        headers={"content-type": "application/json"},
    )
    assert json.loads(answer.text, parse_constant=pytest.fail)["overrides"] == {
        "performance.error_rate": "nan"
    }
    assert math.isnan((await demo.body("/api/monitoring/performance"))["error_rate"])


async def test_an_override_survives_a_change_of_scenario(demo: Demo) -> None:
    await demo.control(set={"jobs.0.status": "failed"})
    await demo.control(scenario="empty")
    assert await demo.body("/api/v1/ingestion/jobs/history") == []
    await demo.control(scenario="healthy")
    assert (await demo.body("/api/v1/ingestion/jobs/history"))[0]["status"] == "failed"


async def test_a_fault_can_be_put_and_taken_away(demo: Demo) -> None:
    state = (await demo.control(fault={"path": DATABASE, "kind": "status", "value": 500})).json()
    assert state["faults"] == {DATABASE: {"kind": "status", "value": 500.0, "retry_after": None}}
    assert (await demo.get(DATABASE)).status_code == 500
    assert (await demo.get("/api/monitoring/performance")).status_code == 200
    await demo.control(fault={"path": DATABASE, "kind": "none"})
    assert (await demo.get(DATABASE)).status_code == 200


async def test_a_fault_on_every_path_leaves_the_control_alone(demo: Demo) -> None:
    await demo.control(fault={"path": "*", "kind": "status", "value": 503, "retry_after": 7})
    answer = await demo.get("/health")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "7")
    assert (await demo.get("/demo/control")).status_code == 200


async def test_it_counts_the_calls_until_a_reset(demo: Demo) -> None:
    for _ in range(3):
        await demo.get(DATABASE)
    await demo.get("/api/monitoring/health/module/search")
    await demo.get("/nothing/here")
    calls = (await demo.get("/demo/control")).json()["calls"]
    assert calls == {DATABASE: 3, "/api/monitoring/health/module/search": 1}
    assert (await demo.control(reset=True)).json()["calls"] == {}


async def test_a_reset_puts_everything_back(demo: Demo) -> None:
    await demo.control(
        scenario="incident",
        set={"performance.error_rate": 50},
        fault={"path": "*", "kind": "html"},
    )
    await demo.control(reset=True)
    state = (await demo.get("/demo/control")).json()
    assert (state["scenario"], state["overrides"], state["faults"]) == ("healthy", {}, {})
    assert (await demo.body("/api/monitoring/performance"))["error_rate"] < 1


async def test_several_changes_can_come_in_one_order(demo: Demo) -> None:
    await demo.control(set={"performance.error_rate": 50})
    answer = await demo.control(reset=True, scenario="degraded", set={"workers.queue_length": 1})
    assert answer.json()["scenario"] == "degraded"
    assert answer.json()["overrides"] == {"workers.queue_length": 1}


@pytest.mark.parametrize(
    ("order", "why"),
    [
        ("", "Expecting value"),
        ("{", "property name"),
        ("[]", "valid dictionary"),
        ("{}", "names none of"),
        ("[" * 100_000, "nested too deeply"),
        ('{"scenery": 1}', "scenery: Extra inputs"),
        ('{"scenario": "nirvana"}', "no scenario 'nirvana'"),
        ('{"scenario": 3}', "scenario: Input should be a valid string"),
        ('{"set": ["a"]}', "set: Input should be a valid dictionary"),
        ('{"set": {"weather.rain": 1}}', "'weather.rain' does not begin with the name of a call"),
        ('{"set": {"prometheus.x": 1}}', "does not begin with the name of a call that answers JSON"),
        ('{"set": {"performance..p95": 1}}', "has an empty step"),
        ('{"set": {"performance.error_rate.deep": 1}}', "'deep' would be inside a plain value"),
        ('{"set": {"jobs.9999.status": 1}}', "no entry '9999' in a list of"),
        ('{"unset": ["performance.error_rate"]}', "has not been set"),
        ('{"fault": {"path": "/api/monitoring/databse", "kind": "reset"}}', "the demo offers nothing at"),
        ('{"fault": {"path": "*", "kind": "meteor"}}', "fault.kind: Input should be"),
        ('{"fault": {"path": "*", "kind": "status"}}', "needs an HTTP status from 200 to 599"),
        ('{"fault": {"path": "*", "kind": "status", "value": 99}}', "needs an HTTP status from 200 to 599"),
        (
            '{"fault": {"path": "*", "kind": "status", "value": "500"}}',
            "fault.value: Input should be a valid number",
        ),
        ('{"fault": {"path": "*", "kind": "delay"}}', "needs seconds"),
        ('{"fault": {"path": "*", "kind": "delay", "value": -1}}', "needs seconds"),
        ('{"fault": {"path": "*", "kind": "delay", "value": NaN}}', "needs seconds"),
        ('{"reset": false}', "reset: Input should be True"),
        ('{"scenario": "incident", "unset": ["nothing"]}', "has not been set"),
    ],
)
async def test_bad_input_is_refused_with_one_sentence_and_changes_nothing(
    demo: Demo, order: str, why: str
) -> None:
    before = (await demo.get("/demo/control")).json()
    answer = await demo.client.post(
        "/demo/control", content=order, headers={"content-type": "application/json"}
    )
    assert answer.status_code == 400
    detail = answer.json()["detail"]
    assert why in detail and detail.startswith("Nothing was changed: ") and detail.endswith(".")
    assert "\n" not in detail and len(detail) < 400
    assert (await demo.get("/demo/control")).json() == before


async def test_it_takes_json_only_so_that_no_foreign_page_can_post(demo: Demo) -> None:
    for kind in ("text/plain", "application/x-www-form-urlencoded", ""):
        answer = await demo.client.post(
            "/demo/control", content='{"reset": true}', headers={"content-type": kind}
        )
        assert answer.status_code == 400 and "Content-Type" in answer.json()["detail"]
