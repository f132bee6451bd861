"""Pasts to test with."""

from collections.abc import Iterable

from ops_dashboard.domain.series.points import Gap, Point
from ops_dashboard.domain.series.store import Store

NOON = 1_795_435_200
KEY = "performance.p95"


def filled(moments: Iterable[float], step: float = 30.0, key: str = KEY) -> Store:
    """A store whose one series has at every moment the number of the sample."""
    store = Store()
    for number, at in enumerate(moments):
        assert store.add(key, at, float(number), step)
    return store


def hours(count: float, step: int = 30) -> range:
    """The moments of the last hours before noon, noon left out."""
    return range(NOON - round(count * 3_600), NOON, step)


def points_of(window: Iterable[Point | Gap]) -> list[Point]:
    return [point for point in window if isinstance(point, Point)]


def gaps_of(window: Iterable[Point | Gap]) -> list[Gap]:
    return [gap for gap in window if isinstance(gap, Gap)]
