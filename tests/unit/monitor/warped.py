"""An event loop whose time passes at once: it jumps to the next timer instead of waiting for it."""

import asyncio
import selectors

from ops_dashboard.monitor.clock import Clock

START = 1_000.0
WALL = 1_800_000_000.0


class _NoWaiting(selectors.DefaultSelector):
    """Looks for I/O without waiting, and counts the time that would have been waited."""

    waited = START

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None:
            raise RuntimeError("Nothing is planned any more: this would wait for ever")
        self.waited += max(0.0, timeout)
        return super().select(0)


class WarpedLoop(asyncio.SelectorEventLoop):
    """All timers fire in order, however far away, without a real second passing."""

    def __init__(self) -> None:
        self._selector_of_time = _NoWaiting()
        super().__init__(self._selector_of_time)

    def time(self) -> float:
        return self._selector_of_time.waited


class WarpedClock(Clock):
    """The collector's clock on that loop's time; ``asked`` counts how often it was read."""

    def __init__(self, loop: WarpedLoop) -> None:
        super().__init__()
        self._loop = loop
        self._offset = WALL - START
        self.asked = 0

    def monotonic(self) -> float:
        self.asked += 1
        return self._loop.time()

    def now(self) -> float:
        return self._loop.time() + self._offset
