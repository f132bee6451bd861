"""How many lines the log takes of each cause, so that nobody who can cause one can fill a disk."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass

MOST_LINES = 10
"""Of one cause in any span of :data:`SPAN_SECONDS`."""
SPAN_SECONDS = 60.0
_MOST_CAUSES = 1_000
_REST = "the rest"
"""Stands for every cause beyond so many."""


@dataclass(slots=True)
class _Span:
    began: float
    lines: int = 0
    dropped: int = 0


class LogLimit:
    """Counts lines by cause.

    Args:
        clock: seconds that never go back.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._spans: dict[Hashable, _Span] = {}

    def takes(self, cause: Hashable) -> bool:
        """Whether one more line of this cause is written; else it is counted."""
        if cause not in self._spans and len(self._spans) >= _MOST_CAUSES:
            cause = _REST
        span = self._spans.setdefault(cause, _Span(self._clock()))
        if span.lines >= MOST_LINES:
            span.dropped += 1
            return False
        span.lines += 1
        return True

    def ended(self, *, all: bool = False) -> list[tuple[Hashable, int]]:
        """Forget the spans that are over, or all; returns the causes of which lines were dropped, and how many."""
        now = self._clock()
        over = [cause for cause, span in self._spans.items() if all or now - span.began >= SPAN_SECONDS]
        dropped = [(cause, self._spans[cause].dropped) for cause in over if self._spans[cause].dropped]
        for cause in over:
            del self._spans[cause]
        return dropped
