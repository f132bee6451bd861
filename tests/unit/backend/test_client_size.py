"""No answer may cost more memory than it is allowed."""

import asyncio
import gzip
import tracemalloc
import zlib
from collections.abc import Callable

import pytest

from ops_dashboard.backend.client import BackendClient
from ops_dashboard.backend.errors import BadBody
from tests.unit.backend.failing import failure_of
from tests.unit.backend.raw_server import Script, head, raw_server, says

MB = 2**20
HUGE = 100 * MB
MOST = 20 * MB
"""Of memory: a body as large as it may be, while it grows."""
TOO_LARGE = "sent an answer larger than 8 MB, which was not read"


def gzip_bomb() -> bytes:
    packer = zlib.compressobj(wbits=zlib.MAX_WBITS | 16)
    return b"".join(packer.compress(b" " * MB) for _ in range(HUGE // MB)) + packer.flush()


async def peak_of(script: Script) -> tuple[BadBody, int]:
    """The error of a call, and the most memory held during it in bytes."""
    async with asyncio.timeout(30), raw_server(script) as at:
        client = BackendClient(f"http://{at}")
        tracemalloc.start()
        try:
            error = await failure_of(client, timeout=20.0)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert isinstance(error, BadBody)
    return error, peak


async def test_a_body_of_100_mb_is_given_up_on_the_way() -> None:
    sent = 0

    async def script(writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        writer.write(head("Connection: close"))
        while sent < HUGE:
            writer.write(b" " * 65536)
            await writer.drain()
            sent += 65536

    error, peak = await peak_of(script)
    assert error.sentence == TOO_LARGE
    assert sent < HUGE / 2
    assert peak < MOST


@pytest.mark.parametrize("bomb", [gzip_bomb(), gzip.compress(b" " * MB) * 100], ids=["one member", "many"])
async def test_a_gzip_bomb_is_not_unpacked(bomb: bytes) -> None:
    assert len(bomb) < 2 * MB
    error, peak = await peak_of(says(head("Content-Encoding: gzip", f"Content-Length: {len(bomb)}"), bomb))
    assert error.sentence == TOO_LARGE
    assert peak < MOST


async def test_packed_body_that_unpacks_to_nothing_is_given_up() -> None:
    sent, empty_blocks = 0, b"\x00\x00\x00\xff\xff" * 13_000

    async def script(writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        writer.write(head("Connection: close", "Content-Encoding: gzip") + gzip.compress(b"")[:10])
        while sent < HUGE:
            writer.write(empty_blocks)
            await writer.drain()
            sent += len(empty_blocks)

    error, peak = await peak_of(script)
    assert error.sentence == TOO_LARGE
    assert sent < HUGE / 2
    assert peak < MOST


async def test_text_is_allowed_less_than_data() -> None:
    size = 3 * MB
    async with raw_server(says(head(f"Content-Length: {size}"), b" " * (size - 2) + b"{}")) as at:
        client = BackendClient(f"http://{at}")
        answer = await client.get("/x")
        assert (answer.body, answer.size) == ({}, size)
        await client.aclose()
        error = await failure_of(BackendClient(f"http://{at}"), text=True)
    assert error.sentence == "sent an answer larger than 2 MB, which was not read"


@pytest.mark.parametrize(
    "script_of",
    [
        lambda endless: (head()[:-2], endless(b"X-More: " + b"y" * 1000 + b"\r\n")),
        lambda endless: (b"HTTP/1.1 200 OK\r\nX: ", endless(b"y" * 1000)),
        lambda endless: (head("Transfer-Encoding: chunked"), endless(b"1;" + b"e" * 1000)),
        lambda endless: (head("Transfer-Encoding: chunked") + b"0\r\n", endless(b"T: t\r\n" * 100)),
    ],
    ids=["header lines", "one header", "chunk extensions", "trailers"],
)
async def test_what_surrounds_a_body_is_bounded_too(script_of: Callable[..., tuple[bytes, bytes]]) -> None:
    beginning, more = script_of(lambda part: part)
    sent = 0

    async def script(writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        writer.write(beginning)
        while sent < HUGE:
            writer.write(more)
            await writer.drain()
            sent += len(more)

    async with asyncio.timeout(30), raw_server(script) as at:
        tracemalloc.start()
        try:
            error = await failure_of(BackendClient(f"http://{at}"), timeout=20.0)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert error.sentence and sent < HUGE / 2 and peak < MOST


async def test_the_bound_is_a_bound_and_not_less() -> None:
    body = b'"' + b"x" * 98 + b'"'
    async with raw_server(says(head("Connection: close"), body)) as at:
        whole = BackendClient(f"http://{at}", max_bytes=100)
        assert (await whole.get("/x")).body == "x" * 98
        await whole.aclose()
        error = await failure_of(BackendClient(f"http://{at}", max_bytes=99))
    assert "larger than" in error.sentence
