"""A slow backend, a dashboard that watches it, and tabs that follow that: each alive for one measurement."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx

from tests.dashboard_server import DashboardServer
from tests.e2e.snapshots import snapshot
from tests.e2e.waiting import until
from tests.raw_tab import RawTab

_FIRST_ROUND_SECONDS = 600.0
_ANSWER_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class BackendProcess:
    """The process of ``benchmarks.slow_backend``."""

    url: str
    pid: int

    def control(self, **order: object) -> dict[str, Any]:
        """Give an order, or none, and return what the backend counted; a frozen one is waited for."""
        return httpx.post(f"{self.url}/control", json=order, timeout=_ANSWER_SECONDS).json()


@contextmanager
def slow_backend(scale: float) -> Iterator[BackendProcess]:
    """A backend whose slow calls take ``scale`` times what was recorded."""
    command = [sys.executable, "-m", "benchmarks.slow_backend", "--scale", str(scale)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield BackendProcess(process.stdout.readline().strip(), process.pid)
        finally:
            process.kill()  # also one that was stopped


@contextmanager
def watching(backend: BackendProcess) -> Iterator[DashboardServer]:
    """A dashboard with the default settings that has read the backend once."""
    with TemporaryDirectory() as folder:
        # The default, which test servers do not have.
        settings = {"OPS_BACKEND_URL": backend.url, "OPS_LOAD_BUDGET": "2"}
        server = DashboardServer(settings, Path(folder) / "log", fresh=True).start()
        try:
            until(
                lambda: snapshot(server)["refreshed_at"], "the end of the first round", _FIRST_ROUND_SECONDS
            )
            yield server
        finally:
            server.close()


@asynccontextmanager
async def following(origin: str, tabs: int) -> AsyncIterator[None]:
    """So many tabs that take in all that they are sent. Raises AssertionError when one was lost meanwhile."""

    async def follow(tab: RawTab) -> None:
        while True:
            await tab.drain(0.5)
            tab.forget()

    async with AsyncExitStack() as stack:
        opened = [await stack.enter_async_context(RawTab(origin)) for _ in range(tabs)]
        followers = [asyncio.create_task(follow(tab)) for tab in opened]
        try:
            yield
            assert not any(follower.done() for follower in followers), "a tab was lost"
        finally:
            for follower in followers:
                follower.cancel()
            await asyncio.gather(*followers, return_exceptions=True)
