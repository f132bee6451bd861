"""Work that goes on when its caller is cancelled."""

import asyncio

import pytest

from ops_dashboard.storage.unbroken import unbroken


class Work:
    """Work that goes on when told to."""

    def __init__(self, failure: Exception | None = None) -> None:
        self.begun, self.go, self.done = asyncio.Event(), asyncio.Event(), False
        self._failure = failure

    @unbroken
    async def run(self, result: int) -> int:
        self.begun.set()
        await self.go.wait()
        if self._failure:
            raise self._failure
        self.done = True
        return result


async def test_it_gives_the_result() -> None:
    work = Work()
    work.go.set()
    assert await work.run(7) == 7


async def test_it_raises_what_goes_wrong() -> None:
    work = Work(LookupError("odd"))
    work.go.set()
    with pytest.raises(LookupError, match="odd"):
        await work.run(7)


async def test_cancelled_call_raises_at_once_and_its_work_goes_on() -> None:
    work = Work()
    task = asyncio.create_task(work.run(7))
    await work.begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert not work.done
    work.go.set()
    async with asyncio.timeout(5):
        while not work.done:
            await asyncio.sleep(0)


async def test_a_failure_of_cancelled_work_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    work = Work(LookupError("odd"))
    task = asyncio.create_task(work.run(7))
    await work.begun.wait()
    task.cancel()
    await asyncio.sleep(0)  # lets the cancellation arrive
    work.go.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with asyncio.timeout(5):
        while not caplog.text:
            await asyncio.sleep(0)
    assert "event=cancelled-work-failed what=Work.run reason='odd'" in caplog.text


async def test_time_limit_around_it_holds() -> None:
    work = Work()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.001):
            await work.run(7)
    assert not work.done
    work.go.set()
    async with asyncio.timeout(5):
        while not work.done:
            await asyncio.sleep(0)
