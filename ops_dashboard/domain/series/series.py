"""One number's past: the last hour as it was read, and rollups of six hours, a day and a week."""

from bisect import bisect_right

from ops_dashboard.domain.series.points import Sample, rounded
from ops_dashboard.domain.series.rollup import Rollup
from ops_dashboard.domain.series.samples import Samples
from ops_dashboard.domain.series.table import Table

NATIVE_SECONDS = 3_600
ROLLUPS = ((60, 21_600), (300, 86_400), (1_800, 604_800))
"""(seconds of a bucket, seconds held) of each rollup, finest first."""
STEPS = (1, *(step for step, _ in ROLLUPS))
"""The seconds of a row of each table: the samples, then the rollups."""
MOST_PACES = 40
"""Changes of pace that are kept; the oldest become one, at the slower of their paces."""
_SAME_PACE = 1.5
"""Steps that differ by less than this factor are the same pace."""
LATE_SECONDS = 60
"""A sample later than this does not come late: the clock was put back."""


class Series:
    """Samples and rollups of one key. All times are whole unix seconds."""

    __slots__ = ("paces", "rollups", "samples", "since", "step")

    def __init__(self, since: int, step: float) -> None:
        self.since = since
        """When the first sample came."""
        self.step = step
        """How often a sample is expected now, in seconds."""
        self.paces: list[tuple[int, float]] = [(since, step)]
        """(since when, how often) samples were expected, oldest first; readings hardly slower or faster are one."""
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

    def expected_step(self, at: int) -> float:
        """How often a sample was expected at ``at``, in seconds."""
        index = bisect_right(self.paces, at, key=_begun) - 1
        return self.paces[max(0, index)][1]

    def add(self, at: int, value: float, step: float | None = None) -> None:
        """Take in one sample: in order, again, late, or after the clock was put back.

        ``step`` is how often samples are expected from this one on; None for as often as before.
        """
        newest, first = self.newest, not self.samples
        if newest - at > LATE_SECONDS:
            self._forget_after(at)
        if step is not None:
            self._expect(at, step)
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
        for since, step in newer.paces:
            self._expect(since, step)
        self.since = min(self.since, newer.since)
        for mine, more in zip(self.tables, newer.tables, strict=True):
            mine.extend(more)
        self._forget_before(self.newest)

    def last(self, count: int) -> tuple[Sample, ...]:
        """The newest ``count`` samples of the last hour, oldest first."""
        first = max(0, len(self.samples) - max(0, count))
        times, values = self.samples.times[first:], self.samples.values[first:]
        return tuple(Sample(at, rounded(value)) for at, value in zip(times, values, strict=True))

    def _expect(self, at: int, step: float) -> None:
        self.step = step
        begun, before = self.paces[-1]
        if at < begun:  # late, or the clock was put back
            return
        if before / _SAME_PACE <= step <= before * _SAME_PACE:
            self.paces[-1] = begun, max(before, step)
            return
        self.paces.append((at, step))
        if len(self.paces) > MOST_PACES:
            (first, one), (_, other) = self.paces[:2]
            self.paces[:2] = [(first, max(one, other))]

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
        self.paces = [pace for pace in self.paces if pace[0] <= time] or [(min(time, self.since), self.step)]


def _begun(pace: tuple[int, float]) -> int:
    return pace[0]
