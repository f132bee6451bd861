"""The replay server gives back what was recorded."""

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.replay import CONDITIONS, RECORDINGS, replay_app
from tests.servers import running

ALL = [
    (condition, file.stem, json.loads(file.read_text(encoding="utf-8")))
    for condition in CONDITIONS
    for file in sorted((RECORDINGS / condition).glob("*.json"))
]


def test_the_recorded_conditions_are_there() -> None:
    assert {"all-up-busy", "all-up-idle", "db-down", "fresh-no-redis-no-celery"} <= set(CONDITIONS)


@pytest.mark.parametrize(
    ("condition", "recorded"),
    [pytest.param(c, raw, id=f"{c}/{name}") for c, name, raw in ALL if raw["status"] != 401],
)
async def test_every_recording_is_given_back(condition: str, recorded: dict[str, Any]) -> None:
    transport = httpx.ASGITransport(replay_app(RECORDINGS / condition))
    async with httpx.AsyncClient(transport=transport, base_url="http://replay") as client:
        answer = await client.request(recorded["method"], recorded["path"])
    assert answer.status_code == recorded["status"]
    assert answer.headers["content-type"] == recorded["headers"]["content-type"]
    given = answer.json() if "json" in answer.headers["content-type"] else answer.text
    assert given == recorded["body"]


@pytest.mark.parametrize("condition", CONDITIONS)
async def test_each_folder_is_a_backend_over_a_real_socket(condition: str) -> None:
    app = replay_app(RECORDINGS / condition, RECORDINGS / "openapi.json")
    async with running(app) as url, httpx.AsyncClient(base_url=url) as client:
        assert "components" in (await client.get("/api/monitoring/health")).json()
        module = (await client.get("/api/monitoring/health/module/graph")).json()
        assert module["module"] == "graph" and "status" in module["health"]
        assert "/api/monitoring/health" in (await client.get("/openapi.json")).json()["paths"]
        ranged = await client.get("/api/monitoring/recommendation-quality?time_window_days=7&time_range=7d")
        assert ranged.json()["status"] == "not_applicable"
        missing = await client.get("/api/nothing")
        assert (missing.status_code, missing.json()) == (404, {"detail": "Not Found"})
    assert app.state.calls == {
        "/api/monitoring/health": 1,
        "/api/monitoring/health/module/graph": 1,
        "/openapi.json": 1,
        "/api/monitoring/recommendation-quality": 1,
        "/api/nothing": 1,
    }


async def test_without_a_description_there_is_none() -> None:
    transport = httpx.ASGITransport(replay_app(RECORDINGS / "all-up-idle"))
    async with httpx.AsyncClient(transport=transport, base_url="http://replay") as client:
        assert (await client.get("/openapi.json")).status_code == 404


async def test_an_exact_query_goes_before_none() -> None:
    transport = httpx.ASGITransport(replay_app(RECORDINGS / "all-up-idle"))
    async with httpx.AsyncClient(transport=transport, base_url="http://replay") as client:
        assert (await client.get("/api/monitoring/user-engagement?time_window_days=91")).status_code == 422
        assert (await client.get("/api/monitoring/user-engagement?time_window_days=7")).status_code == 200


def test_a_folder_without_recordings_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no recordings"):
        replay_app(tmp_path)
