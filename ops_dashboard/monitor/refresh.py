"""The refresh under way, or the last one: who waits for it, when it ended, and how long it took."""

import asyncio


class Refresh:
    """Told of by the collector. ``seconds`` and ``ended_at`` are those of the last one that read anything.

    ``ended_at`` is in unix seconds, 0 for never.
    """

    def __init__(self) -> None:
        self._ended = asyncio.Event()
        self._ended.set()
        self._began = 0.0
        self._has_read = False
        self.ended_at = 0.0
        self.seconds = 0.0

    def begin(self, now: float) -> None:
        """Begin at ``now`` (monotonic seconds); whoever waits for one under way waits for this one, too."""
        if self.is_over:
            self._ended = asyncio.Event()
            self._has_read = False
            self._began = now

    def read(self) -> None:
        """A source was read."""
        self._has_read = True

    def end(self, now: float, at: float) -> None:
        """End at ``now`` (monotonic seconds), which is ``at`` in unix seconds."""
        if self._has_read:
            self.ended_at, self.seconds = at, now - self._began
        self._ended.set()

    @property
    def is_over(self) -> bool:
        """False while one is under way."""
        return self._ended.is_set()

    async def wait(self) -> None:
        """Wait until the one under way has ended."""
        await self._ended.wait()
