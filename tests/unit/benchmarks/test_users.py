"""The probe of the load benchmark: users who do not wait for each other."""

import asyncio
from collections.abc import Awaitable

import pytest

from benchmarks.users import Waits, waits


class FakeClock:
    """A clock that moves on to the next sleeper once everybody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0
        self._sleepers: list[tuple[float, asyncio.Future[None]]] = []

    def sleep(self, seconds: float) -> Awaitable[None]:
        future = asyncio.get_running_loop().create_future()
        self._sleepers.append((self.now + seconds, future))
        return future

    async def run(self, work: Awaitable[list[float]]) -> list[float]:
        task = asyncio.ensure_future(work)
        while not task.done():
            for _ in range(5):
                await asyncio.sleep(0)
            if self._sleepers:
                sleeper = min(self._sleepers, key=lambda waiting: waiting[0])
                self._sleepers.remove(sleeper)
                self.now = max(self.now, sleeper[0])
                sleeper[1].set_result(None)
        return task.result()


@pytest.mark.parametrize(("seconds", "expected"), [(0.02, 0.02), (4.0, 4.0)])
async def test_slow_answers_do_not_slow_the_rate(seconds: float, expected: float) -> None:
    clock = FakeClock()
    found = await clock.run(waits(lambda: clock.sleep(seconds), 30, now=lambda: clock.now, sleep=clock.sleep))
    assert found == pytest.approx([expected] * 30)
    assert clock.now == pytest.approx(2.9 + seconds)


async def test_queue_behind_a_freeze_counts_in_full() -> None:
    clock = FakeClock()
    found = await clock.run(
        waits(lambda: clock.sleep(max(0.0, 2.0 - clock.now)), 25, now=lambda: clock.now, sleep=clock.sleep)
    )
    assert found == pytest.approx([max(0.0, 2.0 - n / 10) for n in range(25)], abs=1e-9)


def test_waits_are_summed_up() -> None:
    told = Waits.of([0.01] * 90 + [0.5] * 7 + [3.0] * 3)
    assert told.p50 == pytest.approx(10)
    assert told.p95 == pytest.approx(500)
    assert told.p99 == pytest.approx(3_000)
    assert (told.longest, told.share_long) == (3_000, 3)
