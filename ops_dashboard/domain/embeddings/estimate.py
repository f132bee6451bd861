"""How far a run may be that reports nothing: by what earlier ones took."""

import math
from collections.abc import Iterable
from statistics import median

from ops_dashboard.domain.embeddings.run import EmbeddingRun

RECENT_RUNS = 5
_STRAIGHT = 0.8
"""Up to this part of the estimate the bar follows the clock; from there on it nears :data:`_LIMIT`."""
_LIMIT = 0.99


def estimated_seconds(run: EmbeddingRun, earlier: Iterable[EmbeddingRun]) -> float | None:
    """How long ``run`` may take; None where nothing tells.

    That is what the backend says of it, or else the median of the newest of ``earlier`` that did any work (the
    newest first), or what the backend said of the newest of these.
    """
    if run.estimate:
        return run.estimate
    done = [one for one in earlier if one.state == "done" and one.number != run.number and one.total != 0]
    took = [one.seconds for one in done if one.seconds][:RECENT_RUNS]
    if took:
        return median(took)
    return next((one.estimate for one in done if one.estimate), None)


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
