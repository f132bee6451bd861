"""The demo backend as a process, and the servers that tests start."""

import asyncio
import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
from starlette.applications import Starlette

from ops_dashboard.demo.api import demo_app
from tests.servers import free_port, running, serving

START = "from ops_dashboard.demo.server import run_demo; run_demo('127.0.0.1', 0, 'incident', 3)"


async def test_it_serves_on_its_own_until_it_is_told_to_stop() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", START, stderr=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.DEVNULL
    )
    assert process.stderr is not None
    try:
        async with asyncio.timeout(30):
            async for line in process.stderr:
                if found := re.search(rb"running on (http://[\d.]+:\d+)", line):
                    break
            else:
                pytest.fail("The demo ended before it was serving")
            async with httpx.AsyncClient(base_url=found[1].decode()) as client:
                state = (await client.get("/demo/control")).json()
                assert (state["scenario"], state["seed"]) == ("incident", 3)
                assert (await client.get("/api/monitoring/health")).json()["status"] == "down"
            process.send_signal(signal.SIGINT)
            rest = await process.stderr.read()
            assert await process.wait() == 0
            assert b"Traceback" not in rest
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def test_a_stopped_server_can_be_followed_by_another_on_its_port() -> None:
    async with running(demo_app()) as url:
        port = httpx.URL(url).port
        assert port is not None
        async with httpx.AsyncClient(base_url=url) as client:
            assert (await client.get("/health")).status_code == 200
    async with httpx.AsyncClient(base_url=url) as client:
        with pytest.raises(httpx.ConnectError):
            await client.get("/health")
        async with running(demo_app(), port=port) as again:
            assert again == url
            assert (await client.get("/health")).status_code == 200


def test_a_server_whose_app_does_not_start_says_so() -> None:
    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        raise OSError("no disk")
        yield

    with pytest.raises(RuntimeError, match="did not start"), serving(Starlette(lifespan=lifespan)):
        pytest.fail("It must not begin")


async def test_nobody_listens_on_a_free_port() -> None:
    with pytest.raises(OSError):
        await asyncio.open_connection("127.0.0.1", free_port())
