"""One number's past: the last hour as it was read, and rollups of six hours, a day and a week."""

from ops_dashboard.domain.series.points import Sample, rounded
from ops_dashboard.domain.series.rollup import Rollup
from ops_dashboard.domain.series.samples import Samples
from ops_dashboard.domain.series.table import Table

NATIVE_SECONDS = 3_600
ROLLUPS = ((60, 21_600), (300, 86_400), (1_800, 604_800))
"""(seconds of a bucket, seconds held) of each rollup, finest first."""
STEPS = (1, *(step for step, _ in ROLLUPS))
"""The seconds of a row of each table: the samples, then the rollups."""
LATE_SECONDS = 60
"""A sample later than this does not come late: the clock was put back."""


class Series:
    """Samples and rollups of one key. All times are whole unix seconds."""

    __slots__ = ("rollups", "samples", "since", "step")

    def __init__(self, since: int, step: float) -> None:
        self.since = since
        """When the first sample came."""
        self.step = step
        """How often a sample is expected, in seconds."""
        self.samples = Samples()
        self.rollups = tuple(Rollup(step) for step, _ in ROLLUPS)

    @property
    def newest(self) -> int:
        """The time of the newest sample; ``since`` before the first."""
        return self.samples.times[-1] if self.samples else self.since

    @property
    def tables(self) -> tuple[Table, ...]:
        """From the finest to the coarsest."""
        return (self.samples, *self.rollups)

    @property
    def known_since(self) -> int:
        """The earliest time of which anything is still held."""
        oldest = self.rollups[-1].times
        return max(self.since, oldest[0]) if oldest else self.since

    def add(self, at: int, value: float) -> None:
        """Take in one sample: in order, again, late, or after the clock was put back."""
        newest, first = self.newest, not self.samples
        if newest - at > LATE_SECONDS:
            self._forget_after(at)
        self.since = min(self.since, at)
        self.samples.put(at, value)
        in_order = first or at > newest
        for rollup in self.rollups:
            if in_order or not self._rebuilt(rollup, at):
                rollup.add(at, value)
        # By the newest before this one: a clock that is wrong for one reading makes nothing forgotten.
        self._forget_before(min(newest, at))

    def extend(self, newer: "Series") -> None:
        """Let what ``newer`` holds follow, of every table; quick, however much that is."""
        self.step = newer.step
        self.since = min(self.since, newer.since)
        for mine, more in zip(self.tables, newer.tables, strict=True):
            mine.extend(more)
        self._forget_before(self.newest)

    def last(self, count: int) -> tuple[Sample, ...]:
        """The newest ``count`` samples of the last hour, oldest first."""
        first = max(0, len(self.samples) - max(0, count))
        times, values = self.samples.times[first:], self.samples.values[first:]
        return tuple(Sample(at, rounded(value)) for at, value in zip(times, values, strict=True))

    def _rebuilt(self, rollup: Rollup, at: int) -> bool:
        """Compute the bucket of ``at`` anew, if all its samples are still held."""
        start = at - at % rollup.step
        first, end = self.samples.rows(start, start + rollup.step)
        if first == end or self.samples.times[0] > max(start, self.since):
            return False
        rollup.put(start, self.samples.summary(first, end))
        return True

    def _forget_before(self, time: int) -> None:
        spans = (NATIVE_SECONDS, *(held for _, held in ROLLUPS))
        # Each table begins where a bucket of the next coarser one ends, so that they join without a hole.
        coarser = (*(step for step, _ in ROLLUPS), 1)
        for table, held, step in zip(self.tables, spans, coarser, strict=True):
            table.drop_before((time - held) // step * step)

    def _forget_after(self, time: int) -> None:
        self.samples.drop_after(time)
        for rollup in self.rollups:
            rollup.drop_after(time)
