"""A stretch of a series as points of a chart: even intervals, and gaps where there was no data."""

from bisect import bisect_left
from collections.abc import Iterator

from ops_dashboard.domain.series.points import SPANS, Gap, Point, Span, rounded
from ops_dashboard.domain.series.series import Series
from ops_dashboard.domain.series.table import Summary, Table

MOST_POINTS = 120
_GAP_STEPS = 2
"""A gap is a time surely without data, longer than this many expected steps."""


def width_of(span: Span, points: int, step: int) -> int:
    """The seconds of each interval: a multiple of ``step`` that divides ``span`` into ``points`` at most."""
    seconds = SPANS[span]
    narrowest = -(-seconds // (points * step)) * step
    return next(width for width in range(narrowest, seconds + 1, step) if seconds % width == 0)


def points_between(series: Series, finest: int, start: int, end: int, width: int) -> tuple[Point | Gap, ...]:
    """The points from ``start``, a multiple of ``width`` seconds, to before ``end``, oldest first.

    Read from the series' table number ``finest``, and from coarser ones for times before it begins. There
    is at most one point or gap for each interval.
    """
    found: list[Point | Gap] = []
    pending: Summary | None = None
    number, covered = 0, 0
    for interval, begins, ends, summary in _intervals(series, finest, start, end, width):
        if pending is not None and interval == number:
            pending = pending.joined(summary)
        else:
            if pending is not None:
                found.append(_point(number * width, pending))
                expected = max(series.expected_step(covered), series.expected_step(begins))
                if interval - number > 1 and begins - covered > _GAP_STEPS * expected:
                    found.append(Gap((number + 1) * width))
            pending = summary
        number, covered = interval, ends
    if pending is not None:
        found.append(_point(number * width, pending))
    return tuple(found)


def _intervals(
    series: Series, finest: int, start: int, end: int, width: int
) -> Iterator[tuple[int, int, int, Summary]]:
    """(interval's number, time of its first row, end of its last, all of them in one), oldest first."""
    for table, row, last in _pieces(series, finest, start, end):
        while row < last:
            interval = table.times[row] // width
            stop = bisect_left(table.times, (interval + 1) * width, row, last)
            yield interval, table.times[row], table.times[stop - 1] + table.step, table.summary(row, stop)
            row = stop


def _pieces(series: Series, finest: int, start: int, end: int) -> list[tuple[Table, int, int]]:
    """Which rows of which tables make up the stretch, oldest first."""
    pieces: list[tuple[Table, int, int]] = []
    for table in series.tables[finest:]:
        # A bucket that reaches into the finer rows would count them twice.
        first, last = table.rows(start, end - table.step + 1 if pieces else end)
        if first < last:
            pieces.append((table, first, last))
            end = table.times[first]
    return pieces[::-1]


def _point(at: int, summary: Summary) -> Point:
    low, mean, high, last, _ = summary
    # Computing the mean may take it out of the range by its last digit.
    return Point(at, rounded(low), rounded(min(max(mean, low), high)), rounded(high), rounded(last))
