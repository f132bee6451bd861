"""At most so many in any span of time: for what people, and scripts in their name, ask for."""

import math
from collections import deque
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RateLimit:
    """``most`` in any ``seconds``."""

    most: int
    seconds: float

    def too_many(self, what: str, wait: float) -> str:
        """What one is told who has to wait so many seconds; ``what`` says what therefore did not happen."""
        return f"{what}: more than {self.most} in {self.seconds:.0f} s are too many. Try again in {math.ceil(wait)} s."


class Pace:
    """Counts what was done lately under one limit. Moments are seconds of a clock that is never set."""

    def __init__(self, limit: RateLimit) -> None:
        self.limit = limit
        self._done: deque[float] = deque(maxlen=limit.most)

    def wait(self, now: float) -> float:
        """In how many seconds the next one may be done; 0 for now."""
        if len(self._done) < self.limit.most:
            return 0.0
        return max(0.0, self._done[0] + self.limit.seconds - now)

    def take(self, now: float) -> float:
        """Count one more, unless it has to wait; returns for how many seconds, 0 where it was counted."""
        wait = self.wait(now)
        if not wait:
            self._done.append(now)
        return wait
