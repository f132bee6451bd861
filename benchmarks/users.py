"""The users of a backend: ten requests a second, whatever becomes of those before.

python -m benchmarks.users http://127.0.0.1:8301/user 60

A process of its own. Each wait counts from when the request was due, so that the queue behind a frozen backend
counts in full. The waits are printed as a list, in seconds.
"""

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from statistics import quantiles

import httpx

RATE = 10.0
"""Requests a second."""
_PATIENCE = 180.0
_LONG_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Waits:
    """What users waited: percentiles and the longest in ms, and the share over a second in percent."""

    p50: float
    p95: float
    p99: float
    longest: float
    share_long: float

    @classmethod
    def of(cls, seconds: Sequence[float]) -> "Waits":
        """Sum up single waits, two at least."""
        percentiles = quantiles([1000 * wait for wait in seconds], n=100, method="inclusive")
        share = 100 * sum(wait > _LONG_SECONDS for wait in seconds) / len(seconds)
        return cls(percentiles[49], percentiles[94], percentiles[98], 1000 * max(seconds), share)


async def waits(
    request: Callable[[], Awaitable[object]],
    count: int,
    *,
    now: Callable[[], float],
    sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
) -> list[float]:
    """Make so many requests at the rate, and return how long each took from when it was due, in seconds."""
    began = now()

    async def one(due: float) -> float:
        await sleep(max(0.0, due - now()))
        await request()
        return now() - due

    return await asyncio.gather(*(one(began + n / RATE) for n in range(count)))


async def _main(url: str, seconds: float) -> None:
    limits = httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(timeout=_PATIENCE, limits=limits) as client:

        async def request() -> None:
            with suppress(httpx.TimeoutException):  # then all of the patience counts
                await client.get(url)

        await request()  # what the first one takes besides is not the backend's
        found = await waits(request, round(RATE * seconds), now=asyncio.get_running_loop().time)
    print(json.dumps(found))


if __name__ == "__main__":
    asyncio.run(_main(sys.argv[1], float(sys.argv[2])))
