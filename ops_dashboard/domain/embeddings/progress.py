"""How far a run is that reports its progress: its rate, smoothed, and the time that is left."""

import math
from dataclasses import dataclass, replace

MEMORY_SECONDS = 30.0
"""How fast the rate forgets: of what was this long ago about a third still counts."""
ENOUGH = 0.06
"""A rate is told once this much of its memory is filled: after some 2 s of work."""
STALLED_SECONDS = 120.0
"""After so long without any growth nothing is foretold."""
LONGEST_SECONDS = 7 * 86_400.0
"""What would take longer than this cannot be foretold."""
MOST_PERCENT = 99.0
"""What a run under way shows at most: it is done when the backend says so, and not before."""


@dataclass(frozen=True, slots=True)
class Progress:
    """What was read so far. Moments are unix seconds; amounts are resources, None where not reported."""

    processed: float | None = None
    total: float | None = None
    at: float = 0.0
    """When it was last read."""
    grown_at: float = 0.0
    """When ``processed`` last grew, or was first read."""
    growth: float = 0.0
    weight: float = 0.0
    """Of ``growth``: the rate is their quotient. It nears 1 as the memory fills."""

    def read(self, at: float, processed: float | None, total: float | None) -> "Progress":
        """The progress after a further reading.

        The rate begins anew where the counter falls back; the time before the first resource is no part of it.
        """
        known = replace(self, at=max(at, self.at), total=self.total if total is None else total)
        if processed is None:
            return known
        known = replace(known, processed=processed)
        before = self.processed
        if before is None or processed < before or not before:
            return replace(known, grown_at=known.at, growth=0.0, weight=0.0)
        seconds = at - self.at
        if seconds <= 0:
            return known
        kept = math.exp(-seconds / MEMORY_SECONDS)
        return replace(
            known,
            grown_at=at if processed > before else self.grown_at,
            growth=self.growth * kept + (processed - before) / seconds * (1 - kept),
            weight=self.weight * kept + (1 - kept),
        )

    @property
    def percent(self) -> float | None:
        """From 0 to :data:`MOST_PERCENT`, whole; None where the backend does not say how much there is to do."""
        if self.processed is None or not self.total:
            return None
        return float(math.floor(min(MOST_PERCENT, 100 * self.processed / self.total)))

    @property
    def rate(self) -> float | None:
        """Resources per second; None while too little is known."""
        return max(0.0, self.growth / self.weight) if self.weight >= ENOUGH else None

    def stalled(self, now: float) -> bool:
        """Whether it has not grown for so long that nothing can be foretold."""
        return self.grown_at > 0 and now - self.grown_at > STALLED_SECONDS

    def remaining(self, now: float) -> float | None:
        """The seconds that are left at ``now``, never below zero; None while they cannot be told."""
        if self.processed is None or not self.total or not self.rate or self.stalled(now):
            return None
        left = max(0.0, self.total - self.processed) / self.rate - max(0.0, now - self.at)
        return max(0.0, left) if left < LONGEST_SECONDS else None
