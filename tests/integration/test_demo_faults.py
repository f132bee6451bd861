"""Each fault of the demo backend, as a client sees it over a real socket."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest

from ops_dashboard.demo.api import demo_app
from tests.servers import running

DATABASE = "/api/monitoring/database"


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    async with (
        running(demo_app(scenario="healthy")) as url,
        httpx.AsyncClient(base_url=url, timeout=10) as client,
    ):
        yield client


async def fault(
    client: httpx.AsyncClient, kind: str, value: float | None = None, path: str = DATABASE
) -> None:
    answer = await client.post("/demo/control", json={"fault": {"path": path, "kind": kind, "value": value}})
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize("status", [302, 401, 404, 429, 500, 503])
async def test_status_answers_with_that_status(client: httpx.AsyncClient, status: int) -> None:
    await fault(client, "status", status)
    answer = await client.get(DATABASE)
    assert answer.status_code == status
    assert answer.json() == {"detail": f"Fault injected: HTTP {status}"}
    assert answer.headers.get("location") == ("/login" if status == 302 else None)


async def test_delay_holds_the_answer_back(client: httpx.AsyncClient) -> None:
    await fault(client, "delay", 3_600)
    with pytest.raises(httpx.ReadTimeout):
        await client.get(DATABASE, timeout=0.2)
    assert (await client.get("/api/monitoring/performance")).status_code == 200


async def test_a_delayed_answer_comes_in_the_end(client: httpx.AsyncClient) -> None:
    await fault(client, "delay", 0.05)
    assert "connection_pool" in (await client.get(DATABASE)).json()


async def test_reset_breaks_the_connection_without_an_answer(client: httpx.AsyncClient) -> None:
    await fault(client, "reset")
    with pytest.raises(httpx.ReadError):
        await client.get(DATABASE)
    assert (await client.get("/api/monitoring/performance")).status_code == 200


async def test_reset_is_a_tcp_reset(client: httpx.AsyncClient) -> None:
    await fault(client, "reset")
    reader, writer = await asyncio.open_connection(client.base_url.host, client.base_url.port)
    writer.write(f"GET {DATABASE} HTTP/1.1\r\nHost: demo\r\n\r\n".encode())
    with pytest.raises(ConnectionResetError):
        await reader.read()
    writer.close()


async def test_truncate_ends_in_the_middle_of_the_body(client: httpx.AsyncClient) -> None:
    await fault(client, "truncate")
    with pytest.raises(httpx.RemoteProtocolError, match="without sending complete message body"):
        await client.get(DATABASE)


async def test_html_is_a_page_where_json_belongs(client: httpx.AsyncClient) -> None:
    await fault(client, "html")
    answer = await client.get(DATABASE)
    assert answer.status_code == 200 and answer.headers["content-type"].startswith("text/html")
    assert "Sign in" in answer.text


async def test_garbage_is_no_json_whatever_it_says(client: httpx.AsyncClient) -> None:
    await fault(client, "garbage")
    answer = await client.get(DATABASE)
    assert answer.headers["content-type"] == "application/json"
    with pytest.raises(ValueError):
        answer.json()


@pytest.mark.parametrize("kind", ["reset", "truncate", "html", "garbage"])
async def test_a_fault_ends_when_it_is_taken_away(client: httpx.AsyncClient, kind: str) -> None:
    await fault(client, kind, path="*")
    await fault(client, "none", path="*")
    assert (await client.get(DATABASE)).json()["connection_pool"]["max"] == 40


async def test_an_outage_resets_every_connection_until_it_is_over(client: httpx.AsyncClient) -> None:
    await client.post("/demo/control", json={"scenario": "outage"})
    for path in ("/health", DATABASE, "/openapi.json", "/metrics"):
        with pytest.raises(httpx.ReadError):
            await client.get(path)
    await client.post("/demo/control", json={"scenario": "healthy"})
    assert (await client.get("/health")).status_code == 200
