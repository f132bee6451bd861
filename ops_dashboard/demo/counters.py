"""Counters that only grow: the gauges summed over time on a fixed grid, so that both always agree."""

from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from itertools import islice

STEP = 5.0
_KEEP = 1_440
"""Grid rows kept: two hours."""


class Counters:
    """Running totals of several rates.

    ``rates(t)`` gives each rate per second at ``t``; the totals begin at ``boot`` and are summed in steps
    of five seconds from ``origin`` on. Before it, the rates at ``origin`` stand for all the time.
    """

    def __init__(self, rates: Callable[[float], Mapping[str, float]], boot: float, origin: float) -> None:
        self._rates = rates
        first = rates(origin)
        self._names = {name: index for index, name in enumerate(first)}
        self._times: deque[float] = deque([origin], _KEEP)
        self._totals: deque[tuple[float, ...]] = deque(
            [tuple(rate * (origin - boot) for rate in first.values())], _KEEP
        )
        self._slopes: deque[tuple[float, ...]] = deque([tuple(first.values())], _KEEP)

    def total(self, name: str, t: float) -> int:
        """The whole number counted under ``name`` until ``t`` (unix seconds)."""
        return int(self._value(self._names[name], t))

    def exact(self, name: str, t: float) -> float:
        """As :meth:`total`, with its fraction: for sums that are not counts."""
        return self._value(self._names[name], t)

    def last(self, name: str, t: float, count: int) -> list[tuple[float, int]]:
        """The newest ``count`` counted under ``name``: (unix seconds, running number), oldest first."""
        self._advance(t)
        return list(islice(self._backwards(self._names[name], t), count))[::-1]

    def _backwards(self, column: int, t: float) -> Iterator[tuple[float, int]]:
        number = int(self._value(column, t))
        for row in range(bisect_right(self._times, t) - 1, -1, -1):
            base, slope = self._totals[row][column], self._slopes[row][column]
            while number > base and slope > 0.0:
                yield self._times[row] + (number - base) / slope, number
                number -= 1

    def _value(self, column: int, t: float) -> float:
        self._advance(t)
        row = max(0, bisect_right(self._times, t) - 1)
        passed = max(0.0, t - self._times[row])
        return self._totals[row][column] + self._slopes[row][column] * passed

    def _advance(self, t: float) -> None:
        while (gap := t - self._times[-1]) >= STEP:
            # After a long sleep of the machine one wide step replaces hours of small ones.
            step = STEP if gap < _KEEP * STEP else gap - gap % STEP
            self._totals.append(
                tuple(
                    total + slope * step
                    for total, slope in zip(self._totals[-1], self._slopes[-1], strict=True)
                )
            )
            self._times.append(self._times[-1] + step)
            self._slopes.append(tuple(self._rates(self._times[-1]).values()))
