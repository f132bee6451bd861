"""One clock for the collector: monotonic for durations, wall time for people."""

import time

_RESYNC_SECONDS = 2.0


class Clock:
    """Wall time that runs at monotonic pace, and follows the system's clock when that is set anew."""

    def __init__(self) -> None:
        self._offset = time.time() - time.monotonic()

    def monotonic(self) -> float:
        """Seconds that never go backwards; only differences have a meaning."""
        return time.monotonic()

    def now(self) -> float:
        """Unix seconds. Small corrections of the system's clock are ignored so that ages do not jitter."""
        measured = time.time() - time.monotonic()
        if abs(measured - self._offset) > _RESYNC_SECONDS:
            self._offset = measured
        return time.monotonic() + self._offset

    def wall(self, monotonic: float) -> float:
        """The unix seconds of a monotonic moment; 0 stays 0, which means never."""
        return monotonic + self._offset if monotonic else 0.0
