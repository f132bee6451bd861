"""The same over real sockets, where a mock would be too polite."""

import asyncio
import socket

import pytest

from ops_dashboard.backend.client import BackendClient
from ops_dashboard.backend.errors import BadBody, TimedOut, Unreachable
from tests.unit.backend.failing import failure_of
from tests.unit.backend.raw_server import head, raw_server, reset, says

SHORT = 0.4


async def never(writer: asyncio.StreamWriter) -> None:
    await asyncio.Event().wait()


async def test_nothing_listens() -> None:
    with socket.socket() as taken:  # bound, but not listening: nobody else can take the port
        taken.bind(("127.0.0.1", 0))
        at = f"127.0.0.1:{taken.getsockname()[1]}"
        error = await failure_of(BackendClient(f"http://{at}"))
    assert isinstance(error, Unreachable)
    assert error.sentence == f"refused the connection at {at}; nothing listens there"


async def test_a_plain_port_does_not_speak_tls() -> None:
    tls_hello = b"\x16\x03"
    async with raw_server(
        says(head("Content-Length: 2", status="400 Bad Request"), b"{}"), asked=tls_hello
    ) as at:
        error = await failure_of(BackendClient(f"https://{at}"))
    assert isinstance(error, Unreachable)
    assert error.sentence == f"does not speak TLS at {at} as an https:// address should"


async def test_it_accepts_and_never_answers() -> None:
    async with asyncio.timeout(10), raw_server(never) as at:
        error = await failure_of(BackendClient(f"http://{at}"), timeout=SHORT)
    assert isinstance(error, TimedOut)
    assert error.sentence == "accepted the connection, but gave no answer within 0.4 s"
    assert error.latency >= SHORT / 2


async def test_a_dripping_body_cannot_hold_the_call() -> None:
    async def drip(writer: asyncio.StreamWriter) -> None:
        writer.write(head("Content-Length: 100000"))
        while True:
            writer.write(b" ")
            await writer.drain()
            await asyncio.sleep(SHORT / 20)

    async with asyncio.timeout(10), raw_server(drip) as at:
        error = await failure_of(BackendClient(f"http://{at}"), timeout=SHORT)
    assert isinstance(error, TimedOut)
    assert error.sentence == "began to answer (HTTP 200), but did not finish within 0.4 s"


async def test_a_call_that_ran_out_of_time_gives_its_connection_back() -> None:
    calls = 0

    async def late_at_first(writer: asyncio.StreamWriter) -> None:
        nonlocal calls
        calls += 1
        await (never if calls <= 6 else says(head("Content-Length: 2"), b"{}"))(writer)

    async with asyncio.timeout(20), raw_server(late_at_first) as at:
        client = BackendClient(f"http://{at}")
        for _ in range(6):  # more than the pool holds
            with pytest.raises(TimedOut, match="gave no answer"):
                await client.get("/x", timeout=0.1)
        assert (await client.get("/x")).body == {}
        await client.aclose()


@pytest.mark.parametrize(
    "parts",
    [
        (head("Content-Length: 100"), b'{"a": 1'),
        (head("Transfer-Encoding: chunked"), b'7\r\n{"a": 1\r\n'),
    ],
)
async def test_a_body_cut_short_is_not_an_answer(parts: tuple[bytes, ...]) -> None:
    async with raw_server(says(*parts)) as at:
        error = await failure_of(BackendClient(f"http://{at}"))
    assert isinstance(error, BadBody)
    assert error.sentence == "broke the connection off in the middle of its answer"


async def test_a_reset_before_the_answer() -> None:
    async def script(writer: asyncio.StreamWriter) -> None:
        reset(writer)

    async with raw_server(script) as at:
        error = await failure_of(BackendClient(f"http://{at}"))
    assert isinstance(error, Unreachable)
    assert error.sentence == "broke the connection off before answering"


@pytest.mark.parametrize("framing", ["Content-Length: 8", "Connection: close", "Transfer-Encoding: chunked"])
async def test_a_reset_after_a_complete_answer_is_an_answer(framing: str) -> None:
    body = b'8\r\n{"a": 1}\r\n' if "chunked" in framing else b'{"a": 1}'

    async def script(writer: asyncio.StreamWriter) -> None:
        await says(head(framing), body)(writer)
        reset(writer)

    async with raw_server(script) as at:
        client = BackendClient(f"http://{at}")
        assert (await client.get("/x")).body == {"a": 1}
        await client.aclose()


async def test_something_that_is_not_http() -> None:
    async with raw_server(says(b"-ERR unknown command\r\n\r\n")) as at:
        error = await failure_of(BackendClient(f"http://{at}"))
    assert isinstance(error, Unreachable)
    assert "does not speak HTTP" in error.sentence
