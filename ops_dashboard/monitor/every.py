"""What is to be done now and then, by a clock that may be set."""


class Every:
    """Due at first, and then each time that so many seconds have passed; also when the clock was set back."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._last = float("-inf")

    def is_due(self, now: float) -> bool:
        """Whether it is to be done now; it counts as done then."""
        if abs(now - self._last) < self._seconds:
            return False
        self._last = now
        return True
