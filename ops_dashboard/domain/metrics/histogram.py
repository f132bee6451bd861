"""Classic Prometheus histograms: cumulative buckets put together, and percentiles out of them."""

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate


def common_edges(histograms: Iterable[Mapping[float, float]]) -> tuple[float, ...]:
    """The finite upper bounds that all of these ``{upper bound: cumulative count}`` have, ascending.

    Only there can they be added up.
    """
    shared = [set(histogram) for histogram in histograms]
    return tuple(sorted(filter(math.isfinite, set.intersection(*shared)))) if shared else ()


def summed(histograms: Iterable[Mapping[float, float]], edges: Sequence[float]) -> tuple[float, ...]:
    """How many lie at or below each of ``edges``, which every histogram has.

    Counts that fall from one bound to the next, as in a reading taken while requests were counted, are
    levelled up.
    """
    levelled = [_levelled(histogram) for histogram in histograms]
    return tuple(sum(histogram[edge] for histogram in levelled) for edge in edges)


def quantile(q: float, edges: Sequence[float], counts: Sequence[float], total: float) -> float | None:
    """The value below which the share ``q`` (0 to 1) of ``total`` lies, linear within a bucket from 0 on.

    ``edges`` are the finite upper bounds, ascending, and ``counts`` how many lie at or below each. What lies
    beyond the last bound is given as that bound, see :func:`is_beyond`. None without bounds or without counts.
    """
    if not edges or total <= 0:
        return None
    rank = q * total
    below, lower = 0.0, 0.0
    for edge, count in zip(edges, accumulate(counts, max), strict=True):
        if count >= rank and count > below:
            inside = lower + (edge - lower) * (rank - below) / (count - below)
            return min(edge, inside)  # a rounding error may lead beyond
        below, lower = count, edge
    return edges[-1]


def is_beyond(q: float, counts: Sequence[float], total: float) -> bool:
    """Whether that quantile lies beyond the last finite bound: only that it is at least that is known."""
    return bool(counts) and max(counts) < q * total


def _levelled(histogram: Mapping[float, float]) -> dict[float, float]:
    edges = sorted(histogram)
    return dict(zip(edges, accumulate((histogram[edge] for edge in edges), max), strict=True))
