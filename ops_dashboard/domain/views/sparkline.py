"""A sparkline: the last hour of one number as the path of an SVG, without axes."""

from collections.abc import Iterable, Iterator
from itertools import zip_longest

from ops_dashboard.domain.series.points import Gap, Point

WIDTH, HEIGHT = 100, 24
"""The view box of the path; it is stretched to the place it gets."""
MOST_POINTS = 60
_MARGIN = 2
_LEAST_SHARE = 0.1
"""The drawn range is at least this share of the value: noise is not blown up to a mountain range."""


def sparkline(points: Iterable[Point | Gap], start: float, end: float) -> str:
    """The means from ``start`` to ``end`` (unix seconds) as an SVG path; a gap is not drawn across.

    Empty with fewer than two points.
    """
    shown = [p for p in points if isinstance(p, Gap) or p.at <= end]
    values = [p.mean for p in shown if isinstance(p, Point)]
    if len(values) < 2:
        return ""
    low, high = min(values), max(values)
    middle = (low + high) / 2
    reach = max(high - low, _LEAST_SHARE * abs(middle)) / 2 or 1.0
    path, pen = [], "M"
    for point in _thinned(shown, middle):
        if isinstance(point, Gap):
            pen = "M"
            continue
        x = WIDTH * max(0.0, point.at - start) / (end - start)
        y = HEIGHT / 2 - (HEIGHT / 2 - _MARGIN) * (point.mean - middle) / reach
        path.append(f"{pen}{x:.1f} {y:.1f}")
        pen = "L"
    return "".join(path)


def _thinned(points: list[Point | Gap], middle: float) -> Iterator[Point | Gap]:
    """Of many points, of each two the one farther from the middle: half as much to send, and no spike is lost."""
    if len(points) <= MOST_POINTS:
        yield from points
        return
    for first, second in zip_longest(points[::2], points[1::2]):
        if isinstance(first, Point) and isinstance(second, Point):
            yield max(first, second, key=lambda point: abs(point.mean - middle))
        else:
            yield first
            if second is not None:
                yield second
