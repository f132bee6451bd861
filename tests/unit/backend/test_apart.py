import asyncio
import time

import pytest

from ops_dashboard.backend.apart import LoopThread
from ops_dashboard.backend.client import BackendClient


async def test_work_ends_with_its_caller():
    apart, ended = LoopThread(), asyncio.Event()
    here = asyncio.get_running_loop()

    async def work() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            here.call_soon_threadsafe(ended.set)

    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await apart.run(work())
    await asyncio.wait_for(ended.wait(), 10)
    await apart.aclose()


async def test_errors_reach_the_caller():
    apart = LoopThread()

    async def work() -> None:
        raise ValueError("told")

    with pytest.raises(ValueError, match="told"):
        await apart.run(work())
    await apart.aclose()
    await apart.aclose()


async def test_what_our_own_loop_does_is_no_latency():
    asked = asyncio.Event()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}")
        await writer.drain()
        asked.set()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    client = BackendClient(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}")
    call = asyncio.create_task(client.get("/"))
    await asked.wait()
    time.sleep(1.5)
    assert (await call).latency < 1
    await client.aclose()
    server.close()
    await server.wait_closed()
