"""The backend of the load benchmark: its pool, and what it tells."""

import asyncio
from collections.abc import Iterator

import httpx
import pytest

from benchmarks.slow_backend import NO_POSTGRESQL, Backend, ConnectionPool

TOKEN = {"Authorization": "Bearer any"}


@pytest.fixture
def blocked() -> list[float]:
    """Seconds that calls have waited for a connection."""
    return []


@pytest.fixture
def pool(blocked: list[float]) -> ConnectionPool:
    return ConnectionPool(blocked.append)


@pytest.fixture
def backend(blocked: list[float]) -> Iterator[Backend]:
    backend = Backend(scale=0)
    backend.pool = ConnectionPool(blocked.append)
    yield backend


def client(backend: Backend) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(backend.app()), base_url="http://backend")


def test_connection_is_used_and_given_back(pool: ConnectionPool) -> None:
    with pool.connection():
        assert pool.told()["pool_usage_percent"] == 10
    assert pool.told()["pool_usage_percent"] == 0


async def test_full_pool_holds_a_call_up_for_the_whole_wait(
    pool: ConnectionPool, blocked: list[float]
) -> None:
    pressure = asyncio.create_task(pool.press(3600))
    await asyncio.sleep(0)
    with pytest.raises(TimeoutError), pool.connection():
        pass
    assert (pool.used, blocked) == (10, [30])
    pressure.cancel()


async def test_pressure_takes_what_is_free_and_gives_it_back(pool: ConnectionPool) -> None:
    with pool.connection():
        await pool.press(0)
        assert pool.used == 1
    assert pool.used == 0


async def test_full_pool_is_reported_and_fails_who_needs_it(backend: Backend, blocked: list[float]) -> None:
    async with client(backend) as http:
        await http.post("/control", json={"pressure_seconds": 3600})
        await asyncio.sleep(0)
        told = (await http.get("/api/monitoring/db/pool", headers=TOKEN)).json()["pool"]
        assert (told["checked_out"], told["connections_available"], told["pool_usage_percent"]) == (
            10,
            0,
            100,
        )
        assert blocked == []
        answer = await http.get("/api/monitoring/user-engagement?time_window_days=7", headers=TOKEN)
        assert (answer.status_code, blocked) == (500, [30])


async def test_calls_of_users_are_not_counted(backend: Backend) -> None:
    async with client(backend) as http:
        for path in ("/user", "/health", "/control", "/api/monitoring/events"):
            await http.get(path, headers=TOKEN)
        assert (await http.get("/control")).json()["calls"] == 2


async def test_refused_token_leaves_public_calls(backend: Backend) -> None:
    async with client(backend) as http:
        await http.post("/control", json={"refuses_token": True})
        asked = ("/api/monitoring/events", "/health", "/api/monitoring/health/module/any")
        assert [(await http.get(path, headers=TOKEN)).status_code for path in asked] == [401, 200, 200]


async def test_condition_changes_the_answers(backend: Backend) -> None:
    async with client(backend) as http:
        await http.post("/control", json={"condition": NO_POSTGRESQL})
        assert (await http.get("/api/v1/ingestion/health", headers=TOKEN)).status_code == 503
