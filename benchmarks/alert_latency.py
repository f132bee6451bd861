"""How long a breach takes to every tab: from the sample that shows it, and from the backend itself."""

import asyncio
import time
from collections.abc import Iterable
from contextlib import AsyncExitStack
from itertools import count, islice
from statistics import quantiles

import httpx

from benchmarks.figures import Measured
from ops_dashboard.state.alerts import AlertsState
from tests.raw_tab import RawTab

TABS = (1, 200)
RUNS = 10
_CALM, _LEAST_BREACH = 7, 20
"""Error rates in percent: a warning, and the first that is critical. Each run is worse than all before, so that
the peak tells when its sample was received."""
_QUIET_SECONDS = 1.0
_KEY = "error_rate|"


def alert_latency(origin: str) -> list[Measured]:
    """For each number of tabs the middle and the 99th percentile of both times; see ``_with_tabs``."""
    rates = count(_LEAST_BREACH)
    return [figure for tabs in TABS for figure in asyncio.run(_with_tabs(origin, tabs, islice(rates, RUNS)))]


async def _with_tabs(origin: str, tabs: int, rates: Iterable[int]) -> list[Measured]:
    """Let an alert become critical several times; each tab of each run is one value, in ms.

    The server's clock is that of this machine: the moment of the sample can be told from that of its arrival.
    """
    from_sample: list[float] = []
    from_backend: list[float] = []
    async with AsyncExitStack() as stack, httpx.AsyncClient(base_url=origin) as backend:
        opened = [await stack.enter_async_context(RawTab(origin)) for _ in range(tabs)]
        for rate in rates:
            await _breached(backend, opened, _CALM)
            await asyncio.gather(*(tab.drain(_QUIET_SECONDS) for tab in opened))
            ordered = time.time()
            heard = await _breached(backend, opened, rate)
            received = _peak_at(opened[0])
            from_sample += [1000 * (at - received) for at in heard]
            from_backend += [1000 * (at - ordered) for at in heard]
    label = f"{tabs} tab{'s' * (tabs > 1)}"
    return [
        *_told(f"Sample that shows a breach until its alert is in the push to {label}", from_sample, 1_000),
        *_told(f"Breach at the backend until its alert is in the push to {label}", from_backend, 2_000),
    ]


async def _breached(backend: httpx.AsyncClient, opened: list[RawTab], error_rate: int) -> list[float]:
    """Set the error rate; when each tab had its alert, unix seconds."""
    # At once: an answer of the control that is slow must not hold up the listening.
    async with asyncio.TaskGroup() as group:
        tabs = [group.create_task(_heard(tab, f"Error rate is {error_rate} %")) for tab in opened]
        order = {"set": {"performance.error_rate": error_rate}}
        group.create_task(backend.post("/demo/control", json=order))
    return [tab.result() for tab in tabs]


async def _heard(tab: RawTab, message: str) -> float:
    await tab.hears(message)
    return time.time()


def _peak_at(tab: RawTab) -> float:
    view = tab.value(AlertsState, "view")
    return next(row["peak_at"] for group in view["groups"] for row in group["rows"] if row["key"] == _KEY)


def _told(name: str, milliseconds: list[float], budget: float) -> list[Measured]:
    percentiles = quantiles(milliseconds, n=100, method="inclusive")
    return [
        Measured(f"{name}, p50", "ms", [percentiles[49]]),
        Measured(f"{name}, p99", "ms", [percentiles[98]], budget),
    ]
