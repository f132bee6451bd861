"""What an operator can do: ingest, cancel, retry, clear the cache, generate embeddings."""

import pytest

from tests.unit.demo.conftest import Demo

INGEST = "/api/v1/ingestion/ingest"
JOBS = "/api/v1/ingestion/jobs"
GENERATE = "/admin/sparse-embeddings/generate"


async def test_an_ingested_repository_becomes_a_job_that_ends(demo: Demo) -> None:
    answer = await demo.client.post(f"{INGEST}/github.com/acme/tools")
    assert answer.status_code == 200
    queued = answer.json()
    assert queued["status"] == "dispatched" and queued["max_queue_size"] == 10
    assert 1 <= queued["queue_position"] <= queued["queue_size"]
    assert (await job(demo, queued["job_id"]))["repo_url"] == "github.com/acme/tools"
    demo.clock.now += 1_800
    done = await job(demo, queued["job_id"])
    assert done["status"] in ("completed", "failed")
    assert done["duration_seconds"] > 0 and done["worker"]


@pytest.mark.parametrize("bad", ["github.com/a/b;rm", "file:///etc/passwd", "user:pw@github.com/a/b", "x"])
async def test_a_bad_address_is_refused(demo: Demo, bad: str) -> None:
    answer = await demo.client.post(f"{INGEST}/{bad}")
    assert (answer.status_code, answer.json()) == (400, {"detail": "Invalid repository URL format"})


async def test_a_full_queue_answers_429(demo: Demo) -> None:
    answers = [await demo.client.post(f"{INGEST}/github.com/acme/tools") for _ in range(12)]
    assert answers[0].status_code == 200
    assert answers[-1].status_code == 429
    assert "full" in answers[-1].json()["detail"]
    assert answers[-1].headers["retry-after"] == "30"


@pytest.mark.parametrize("demo", ["incident"], indirect=True)
async def test_without_the_edge_worker_it_answers_503_with_its_mark(demo: Demo) -> None:
    answer = await demo.client.post(f"{INGEST}/github.com/acme/tools")
    assert answer.status_code == 503
    assert answer.headers["x-pharos-edge-status"] == "offline"
    assert answer.json()["detail"]["error"] == "edge_worker_offline"


async def test_an_edge_worker_set_offline_refuses_too(demo: Demo) -> None:
    await demo.control(set={"ingestion_heartbeat.state": "offline"})
    assert (await demo.client.post(f"{INGEST}/github.com/acme/tools")).status_code == 503


async def test_a_waiting_job_can_be_cancelled_once(demo: Demo) -> None:
    answers = [await demo.client.post(f"{INGEST}/github.com/acme/tools") for _ in range(3)]
    job_id = answers[-1].json()["job_id"]
    cancelled = await demo.client.post(f"{JOBS}/{job_id}/cancel")
    assert (cancelled.status_code, cancelled.json()) == (200, {"status": "cancelled", "job_id": job_id})
    assert (await job(demo, job_id))["status"] == "cancelled"
    assert (await demo.client.post(f"{JOBS}/{job_id}/cancel")).status_code == 409


async def test_a_failed_job_can_be_retried_and_a_completed_one_cannot(demo: Demo) -> None:
    history = await demo.body(f"{JOBS}/history", limit=200)
    failed = next(j for j in history if j["status"] == "failed")
    completed = next(j for j in history if j["status"] == "completed")
    assert failed["error"]
    again = (await demo.client.post(f"{JOBS}/{failed['job_id']}/retry")).json()
    assert again["retry_of"] == failed["job_id"]
    assert (await job(demo, again["job_id"]))["repo_url"] == failed["repo_url"]
    assert (await demo.client.post(f"{JOBS}/{completed['job_id']}/retry")).status_code == 409


@pytest.mark.parametrize("verb", ["cancel", "retry"])
async def test_an_unknown_job_is_not_found(demo: Demo, verb: str) -> None:
    assert (await demo.client.post(f"{JOBS}/job-99999/{verb}")).status_code == 404


async def test_a_cleared_cache_is_empty_and_fills_again(demo: Demo) -> None:
    before = await demo.body("/api/monitoring/cache/stats")
    cleared = await demo.client.post("/api/monitoring/cache/clear")
    assert cleared.json()["cleared_keys"] > 10_000
    after = await demo.body("/api/monitoring/cache/stats")
    assert after["size_mb"] < 5 and after["hit_rate"] == 0 and after["top_keys"] == []
    assert (await demo.client.post("/api/monitoring/cache/clear")).json()["cleared_keys"] == 0
    demo.clock.now += 3_600
    refilled = await demo.body("/api/monitoring/cache/stats")
    assert refilled["hit_rate"] == pytest.approx(before["hit_rate"], abs=4)


async def test_an_embedding_run_progresses_to_its_end(demo: Demo) -> None:
    started = await demo.client.post(GENERATE, json={})
    assert started.status_code == 202
    path = f"/admin/sparse-embeddings/jobs/{started.json()['job_id']}"
    seen = []
    for _ in range(20):
        seen.append(await demo.body(path))
        demo.clock.now += 2
    done = [step["processed"] for step in seen]
    assert seen[0]["status"] == "pending" and done[0] == 0 and seen[0]["finished_at"] is None
    assert any(step["status"] == "running" and 0 < step["processed"] < step["total"] for step in seen)
    assert done == sorted(done)
    assert seen[-1]["status"] == "completed" and done[-1] == seen[-1]["total"] and seen[-1]["finished_at"]


async def test_a_second_run_is_refused_while_one_is_under_way(demo: Demo) -> None:
    first = (await demo.client.post(GENERATE, json={})).json()["job_id"]
    second = await demo.client.post(GENERATE, json={})
    assert second.status_code == 409 and second.json()["detail"]["job_id"] == first
    demo.clock.now += 60
    assert (await demo.client.post(GENERATE, json={})).status_code == 202


async def test_a_run_over_named_resources_counts_just_them(demo: Demo) -> None:
    assert (await demo.client.post(GENERATE, json={"resource_ids": ["a", "b"]})).json()[
        "resources_to_process"
    ] == 2


@pytest.mark.parametrize("demo", ["incident"], indirect=True)
async def test_a_run_during_an_incident_fails_half_way(demo: Demo) -> None:
    job_id = (await demo.client.post(GENERATE)).json()["job_id"]
    demo.clock.now += 60
    run = await demo.body(f"/admin/sparse-embeddings/jobs/{job_id}")
    assert run["status"] == "failed" and 0 < run["processed"] < run["total"] and run["error"]


@pytest.mark.parametrize(
    "body",
    [
        "[]",
        "3",
        "{",
        '{"batch_size": 0}',
        '{"batch_size": true}',
        '{"resource_ids": "a"}',
        '{"resource_ids": [1]}',
    ],
)
async def test_bad_input_for_a_run_is_refused(demo: Demo, body: str) -> None:
    answer = await demo.client.post(GENERATE, content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"][0] == "body"


async def job(demo: Demo, job_id: str):
    return next(j for j in await demo.body(f"{JOBS}/history", limit=200) if j["job_id"] == job_id)
