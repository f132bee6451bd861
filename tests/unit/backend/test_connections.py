"""A connection that the server closes in the moment in which it is used again."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from ops_dashboard.backend.client import BackendClient
from ops_dashboard.backend.errors import BackendError
from tests.unit.backend.raw_server import head, raw_server, reset

GOOD = head("Content-Length: 2") + b"{}"
Act = Callable[[asyncio.StreamWriter], Awaitable[None]]


async def close(writer: asyncio.StreamWriter) -> None:
    writer.close()


async def break_off(writer: asyncio.StreamWriter) -> None:
    reset(writer)


async def leave_the_rest_of_another(writer: asyncio.StreamWriter) -> None:
    writer.write(b'"too": "long"}')


@asynccontextmanager
async def serving(then: Act, *, answered: int = 10) -> AsyncIterator[tuple[BackendClient, list[str]]]:
    """A client, and the requests that the server got: the first of a connection is answered, of ``answered`` ones."""
    asked: list[str] = []
    connections = 0

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal connections
        connections += 1
        number, first = connections, True
        try:
            while True:
                request = await reader.readuntil(b"\r\n\r\n")
                asked.append(f"{request.split()[0].decode()} {number}")
                if not first or number > answered:
                    return await then(writer)
                writer.write(GOOD)
                first = False
        except (asyncio.IncompleteReadError, ConnectionError):
            pass  # the client has gone, as it may
        finally:
            writer.close()

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    client = BackendClient(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}")
    try:
        yield client, asked
    finally:
        await client.aclose()
        server.close()


@pytest.mark.parametrize("then", [close, break_off, leave_the_rest_of_another])
async def test_get_on_closing_connection_is_sent_on_fresh_one(then: Act) -> None:
    async with serving(then) as (client, asked):
        for _ in range(2):
            assert (await client.get("/x")).body == {}
        assert asked == ["GET 1", "GET 1", "GET 2"]


async def test_post_on_closing_connection_is_sent_once() -> None:
    async with serving(close) as (client, asked):
        await client.get("/x")
        with pytest.raises(BackendError) as failed:
            await client.post("/x")
        assert failed.value.outcome_unknown and asked == ["GET 1", "POST 1"]


@pytest.mark.parametrize(("answered", "asked_for"), [(0, ["GET 1"]), (1, ["GET 1", "GET 1", "GET 2"])])
async def test_get_on_fresh_connection_is_not_repeated(answered: int, asked_for: list[str]) -> None:
    async with serving(close, answered=answered) as (client, asked):
        for _ in range(answered):
            await client.get("/x")
        with pytest.raises(BackendError, match="closed the connection before answering"):
            await client.get("/x")
        assert asked == asked_for


async def test_answer_that_broke_off_is_not_asked_for_again() -> None:
    async def part(writer: asyncio.StreamWriter) -> None:
        writer.write(head("Content-Length: 99") + b"{")

    async with serving(part) as (client, asked):
        await client.get("/x")
        with pytest.raises(BackendError, match="in the middle of its answer"):
            await client.get("/x")
        assert asked == ["GET 1", "GET 1"]


async def test_call_that_ran_out_of_time_gives_its_connection_back() -> None:
    calls = 0

    async def silent_at_first(writer: asyncio.StreamWriter) -> None:
        nonlocal calls
        calls += 1
        if calls <= 6:  # more than the pool holds
            await asyncio.Event().wait()
        writer.write(GOOD)

    async with asyncio.timeout(20), raw_server(silent_at_first) as at:
        client = BackendClient(f"http://{at}")
        for _ in range(6):
            with pytest.raises(BackendError, match="within"):
                await client.get("/x", timeout=0.1)
        assert (await client.get("/x")).body == {}
        await client.aclose()
