"""What a series is read as: samples, points of a chart, and the gaps between them."""

from collections.abc import Iterable
from typing import Literal, NamedTuple, TypeGuard

Span = Literal["1h", "6h", "24h", "7d"]

SPANS: dict[Span, int] = {"1h": 3_600, "6h": 21_600, "24h": 86_400, "7d": 604_800}
"""The seconds of each span, shortest first."""

DEFAULT_SPAN: Span = "1h"
"""What is shown until another one is chosen."""

LARGEST = 1e38
"""Beyond this a value does not fit the columns; no metric is that large."""
_DIGITS = 7


class Sample(NamedTuple):
    """One value as it was read. ``at`` in unix seconds."""

    at: float
    value: float


class Point(NamedTuple):
    """What was read within one interval of a chart; ``at``, in unix seconds, is where the interval begins."""

    at: int
    low: float
    mean: float
    high: float
    last: float


class Gap(NamedTuple):
    """A time without data, of any length, from about ``at`` (unix seconds): no line is drawn across it."""

    at: int


def is_span(word: object) -> TypeGuard[Span]:
    """Whether this names one of the spans."""
    return isinstance(word, str) and word in SPANS


def is_value(value: object) -> TypeGuard[float]:
    """Whether this is a number that can be kept: finite, within the columns' range, and no bool."""
    return isinstance(value, int | float) and not isinstance(value, bool) and -LARGEST <= value <= LARGEST


def readings(points: Iterable[Point | Gap]) -> tuple[Sample, ...]:
    """The last value of every point, gaps left out: evenly spaced samples to judge a series by."""
    return tuple(Sample(point.at, point.last) for point in points if isinstance(point, Point))


def rounded(value: float) -> float:
    """Seven significant digits: what single precision holds, without the noise after them."""
    return float(f"{value:.{_DIGITS}g}")
