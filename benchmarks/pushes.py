"""What tabs cost the server: processor time while a number of them follow, measured by raw websockets."""

import asyncio
import os
import time
from contextlib import AsyncExitStack
from pathlib import Path

import httpx

from benchmarks.figures import Measured
from tests.raw_tab import RawTab

TABS = (1, 50, 200)
CROSSINGS = 6
"""Up and down in turn: even, so that each number of tabs begins below the threshold."""
_CLOCK_TICKS = os.sysconf("SC_CLK_TCK")
_QUIET_SECONDS = 1.0


def pushes(origin: str, pid: int) -> list[Measured]:
    """For each number of tabs: time until the last one heard of a change, and the processor time it took."""
    return [figure for tabs in TABS for figure in asyncio.run(_with_tabs(origin, pid, tabs))]


async def _with_tabs(origin: str, pid: int, tabs: int) -> list[Measured]:
    latencies, costs = [], []
    async with AsyncExitStack() as stack:
        opened = [await stack.enter_async_context(RawTab(origin)) for _ in range(tabs)]
        for n in range(CROSSINGS):
            await asyncio.gather(*(tab.drain(_QUIET_SECONDS) for tab in opened))
            used, began = _processor_seconds(pid), time.perf_counter()
            async with httpx.AsyncClient() as client:
                # A threshold is crossed each time, so that the fast lane publishes at once.
                order = {"set": {"performance.error_rate": 20.0 if n % 2 == 0 else 1.0}}
                await client.post(f"{origin}/demo/control", json=order)
            await asyncio.gather(*(tab.hears("performance") for tab in opened))
            latencies.append(1000 * (time.perf_counter() - began))
            costs.append(1000 * (_processor_seconds(pid) - used))
    label = f"{tabs} tab{'s' * (tabs > 1)}"
    return [
        Measured(f"Breach at the backend until the last of {label} heard of it", "ms", latencies),
        Measured(f"Server processor time for that, {label}", "ms", costs),
    ]


def _processor_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _CLOCK_TICKS
