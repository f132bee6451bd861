"""Older times in buckets of one length: lowest, mean, highest and last value, and how many there were."""

from bisect import bisect_left
from typing import ClassVar

from ops_dashboard.domain.series.table import Summary, Table

_MOST = 65_535
"""The largest weight that its column holds."""


class Rollup(Table):
    """Buckets of ``step`` seconds, aligned to it. A time without data has no bucket."""

    TYPES: ClassVar[str] = "IfdffH"

    __slots__ = ()

    def add(self, at: int, value: float) -> None:
        """Take ``value`` into the bucket of its time, as the newest value there."""
        start = at - at % self.step
        new = Summary(value, value, value, value, 1)
        row = self._row(start)
        held = row < len(self) and self.times[row] == start
        self._write(row, start, self.summary(row, row + 1).joined(new) if held else new)

    def put(self, start: int, summary: Summary) -> None:
        """Let the bucket that begins at ``start`` be ``summary``."""
        self._write(self._row(start), start, summary)

    def extend(self, newer: Table) -> None:
        """Let the buckets of ``newer`` follow; the one in which both have values holds those of both."""
        row = bisect_left(self.times, newer.times[0]) if newer else len(self)
        shared = row < len(self) and self.times[row] == newer.times[0]
        before = self.summary(row, row + 1) if shared else None
        super().extend(newer)
        if before is not None:
            self.put(newer.times[0], before.joined(newer.summary(0, 1)))

    def summary(self, first: int, end: int) -> Summary:
        """The buckets ``first`` to before ``end`` in one, every value with the same weight."""
        _, lows, means, highs, lasts, counts = self.columns
        count = sum(counts[first:end])
        mean = sum(means[row] * counts[row] for row in range(first, end)) / count
        return Summary(min(lows[first:end]), mean, max(highs[first:end]), lasts[end - 1], count)

    def _row(self, start: int) -> int:
        if self.times and start == self.times[-1]:
            return len(self) - 1
        return bisect_left(self.times, start)

    def _write(self, row: int, start: int, summary: Summary) -> None:
        low, mean, high, last, weight = summary
        values = (start, low, mean, high, last, min(weight, _MOST))
        if row < len(self) and self.times[row] == start:
            for column, value in zip(self.columns, values, strict=True):
                column[row] = value
        else:
            for column, value in zip(self.columns, values, strict=True):
                column.insert(row, value)
