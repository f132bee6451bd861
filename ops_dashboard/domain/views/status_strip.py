"""The statuses of one thing over time, as stretches of a strip."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ops_dashboard.domain.series.points import Gap, Point
from ops_dashboard.domain.views.series_keys import status_at

NO_DATA = "no_data"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time of one status, the worst of each interval in it; unix seconds. "no_data" where nothing was read."""

    at: float
    until: float
    status: str
    word: str


def status_strip(points: Iterable[Point | Gap], step: float, start: float, end: float) -> tuple[Stretch, ...]:
    """Stretches that fill ``start`` to ``end``, oldest first, from statuses kept as levels every ``step`` seconds.

    An interval without a sample counts with the one before it, unless there is a gap.
    """
    stretches: list[Stretch] = []
    for at, status, word in _changes(points):
        begins = min(max(at, start), end)
        if stretches and stretches[-1].status == status:
            continue
        if stretches:
            stretches[-1] = replace(stretches[-1], until=begins)
        elif begins - start >= step:
            stretches.append(_nothing(start, begins))
        stretches.append(Stretch(begins if stretches else start, end, status, word))
    return tuple(s for s in stretches if s.until > s.at) or (_nothing(start, end),)


def _changes(points: Iterable[Point | Gap]) -> Iterable[tuple[float, str, str]]:
    for point in points:
        if isinstance(point, Gap):
            yield point.at, NO_DATA, "No data"
        else:
            status = status_at(point.high)
            yield point.at, status.value, status.word


def _nothing(at: float, until: float) -> Stretch:
    return Stretch(at, until, NO_DATA, "No data")
