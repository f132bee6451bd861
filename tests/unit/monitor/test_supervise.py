import asyncio
import logging

import pytest

from ops_dashboard.monitor.supervise import supervise


async def test_a_crashed_service_is_logged_and_run_again(caplog: pytest.LogCaptureFixture):
    runs, pauses = [], []

    async def run() -> None:
        runs.append(1)
        if len(runs) == 4:
            raise asyncio.CancelledError
        raise RuntimeError("broken")

    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    with caplog.at_level(logging.ERROR), pytest.raises(asyncio.CancelledError):
        await supervise("collector", run, pause)
    assert pauses == [0.5, 1.0, 2.0]
    assert caplog.text.count("event=crashed service=collector") == 3


async def test_the_pause_is_bounded():
    pauses: list[float] = []

    async def run() -> None:
        if len(pauses) == 10:
            raise asyncio.CancelledError

    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    with pytest.raises(asyncio.CancelledError):
        await supervise("collector", run, pause)
    assert max(pauses) == 30.0
