"""Room for actions among the calls in flight: they go before every read that has not begun."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from ops_dashboard.monitor.schedule import MOST_IN_FLIGHT, Schedule


class NoRoom(Exception):
    """No call under way ended in time."""


class Room:
    """Shares the places for calls in flight between the reads of a :class:`Schedule` and actions.

    An action waits for no more than a read under way to end. ``wake()`` is called when reads may go on.
    """

    def __init__(self, schedule: Schedule, wake: Callable[[], None]) -> None:
        self._schedule = schedule
        self._wake = wake
        self._admitted = 0
        self._freed = asyncio.Event()

    @asynccontextmanager
    async def place(self, within: float) -> AsyncIterator[None]:
        """A place for one call, for as long as the context is open.

        Raises:
            NoRoom: there was none within so many seconds.
        """
        self._schedule.actions += 1  # from now on no read takes the place that gets free
        try:
            try:
                async with asyncio.timeout(within):
                    while self._schedule.in_flight + self._admitted >= MOST_IN_FLIGHT:
                        self._freed.clear()
                        await self._freed.wait()
            except TimeoutError:
                raise NoRoom from None
            self._admitted += 1
            try:
                yield
            finally:
                self._admitted -= 1
        finally:
            self._schedule.actions -= 1
            self.freed()
            self._wake()

    def freed(self) -> None:
        """A call has ended: whoever waits may look again."""
        self._freed.set()
