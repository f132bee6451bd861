"""How far a run may be that reports nothing: by what earlier ones of its size took."""

import math
from collections.abc import Iterable
from statistics import median

from ops_dashboard.domain.embeddings.run import EmbeddingRun

RECENT_RUNS = 5
_STRAIGHT = 0.8
"""Up to this part of the estimate the bar follows the clock; from there on it nears :data:`_LIMIT`."""
_LIMIT = 0.99


_MOST_TIMES = 2.0
"""A run of more than so many times as many resources, or fewer, tells nothing of this one."""


def estimated_seconds(run: EmbeddingRun, earlier: Iterable[EmbeddingRun]) -> float | None:
    """How long ``run`` may take; None where nothing tells.

    That is what the backend says of it, or else its number of resources at the median pace of the newest of
    ``earlier`` (the newest first) that were of about its size. Where its size is not known, no other run is like it.
    """
    if run.estimate:
        return run.estimate
    if not run.total:
        return None
    done = (one for one in earlier if one.state == "done" and one.number != run.number)
    alike = ((one.seconds, one.processed or one.total) for one in done)
    paces = [
        seconds / many
        for seconds, many in alike
        if seconds and many and 1 / _MOST_TIMES <= many / run.total <= _MOST_TIMES
    ]
    return run.total * median(paces[:RECENT_RUNS]) if paces else None


def estimated_percent(elapsed: float, estimate: float) -> float:
    """Percent of a run that is estimated to take so many seconds: it grows with ``elapsed``, and stays below 99.

    >>> estimated_percent(30, 60)
    50.0
    """
    share = max(0.0, elapsed) / estimate
    if share <= _STRAIGHT:
        return 100 * share
    room = _LIMIT - _STRAIGHT
    return 100 * (_LIMIT - room * math.exp((_STRAIGHT - share) / room))
