"""Statistics that a few outliers do not move."""

from collections.abc import Sequence
from statistics import fmean, median


def median_deviation(values: Sequence[float]) -> float:
    """The median absolute deviation from the median (MAD); there must be at least one value."""
    middle = median(values)
    return median(abs(value - middle) for value in values)


def mean_deviation(values: Sequence[float]) -> float:
    """The mean absolute deviation from the median; there must be at least one value."""
    middle = median(values)
    return fmean(abs(value - middle) for value in values)
