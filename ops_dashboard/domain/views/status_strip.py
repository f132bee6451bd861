"""The statuses of one thing over time, as stretches of a strip."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ops_dashboard.domain.series.points import Gap, Point
from ops_dashboard.domain.views.series_keys import status_at

NO_DATA = "no_data"
_NOTHING = (NO_DATA, "No data")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time of one status, the worst of each interval in it; unix seconds. "no_data" where nothing was read."""

    at: float
    until: float
    status: str
    word: str


def status_strip(
    points: Iterable[Point | Gap], step: float, start: float, end: float, known_until: float
) -> tuple[Stretch, ...]:
    """Stretches that fill ``start`` to ``end``, oldest first, from statuses kept as levels every ``step`` seconds.

    An interval without a sample counts with the one before it, unless there is a gap. What the last sample
    says holds until ``known_until``; after that there are no data.
    """
    changes = [change for change in _changes(points) if change[0] < known_until]
    if not changes or changes[0][0] - start > step:
        changes.insert(0, (start, *_NOTHING))
    stretches: list[Stretch] = []
    for at, status, word in (*changes, (known_until, *_NOTHING)):
        begins = min(max(at, start), end) if stretches else start
        if not stretches or stretches[-1].status != status:
            stretches[-1:] = [replace(one, until=begins) for one in stretches[-1:]]
            stretches.append(Stretch(begins, end, status, word))
    return tuple(one for one in stretches if one.until > one.at)


def _changes(points: Iterable[Point | Gap]) -> Iterable[tuple[float, str, str]]:
    for point in points:
        if isinstance(point, Gap):
            yield point.at, *_NOTHING
        else:
            status = status_at(point.high)
            yield point.at, status.value, status.word
