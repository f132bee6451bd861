"""Is the backend short of database connections? Then no call is made that would take one more."""

from dataclasses import dataclass, replace

FULL_PERCENT = 90.0
ROOMY_PERCENT = 80.0
REST_SECONDS = 60.0
SLOWER_THAN_USUAL = 5


@dataclass(frozen=True, slots=True)
class PoolPressure:
    """Whether calls that need a connection are left out. Moments are monotonic seconds."""

    used: float | None = None
    """Percent of the connections, when last read; None where that is not known."""
    left_out: bool = False
    until: float = 0.0
    """The earliest moment at which such a call is tried again."""
    slow: str = ""
    """What took far longer than usual; empty where the pool itself is the reason."""

    def after_reading(self, used: float | None, now: float) -> "PoolPressure":
        """The pool was read; ``used`` is in percent."""
        if used is not None and used >= FULL_PERCENT:
            return PoolPressure(used, left_out=True, until=now + REST_SECONDS)
        return replace(self, used=used).at(now)

    def after_slow_call(self, title: str, seconds: float, now: float) -> "PoolPressure":
        """A call that needs a connection took ``seconds``, five times as long as usual or more."""
        slow = f"{title} took {seconds:.1f} s, far longer than usual"
        return PoolPressure(self.used, left_out=True, until=now + REST_SECONDS, slow=slow)

    def at(self, now: float) -> "PoolPressure":
        """The same at ``now``: over once there is room in the pool and the rest has passed."""
        over = now >= self.until and (self.used is None or self.used < ROOMY_PERCENT)
        return PoolPressure(self.used) if self.left_out and over else self

    @property
    def why(self) -> str:
        """Why calls are left out, in words that follow the name of a source; empty while they are made."""
        if not self.left_out:
            return ""
        if self.used is not None and self.used >= ROOMY_PERCENT:
            return f"not read while the connection pool is {self.used:.0f} % used"
        if self.slow:
            return f"not read for a minute: {self.slow}, and it needs a database connection"
        return "not read for a minute after the connection pool was full"
