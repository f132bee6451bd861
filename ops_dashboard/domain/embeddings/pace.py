"""How often the progress of a run is read: often while it is young, seldom while it takes long or fails."""

SHORTEST_SECONDS = 2.0
LONGEST_SECONDS = 30.0
_PART = 60.0
"""The pause is this part of the time the run has taken so far."""
_COST = 5.0
"""At least so many times its own latency passes between two readings."""
_MOST_DOUBLINGS = 4


def pause(elapsed: float, latency: float = 0.0, failures: int = 0, retry_after: float | None = None) -> float:
    """Seconds to wait before the next reading; never less than the backend wishes.

    >>> pause(10), pause(600), pause(7200)
    (2.0, 10.0, 30.0)
    """
    calm = min(LONGEST_SECONDS, max(SHORTEST_SECONDS, elapsed / _PART))
    backed_off = min(LONGEST_SECONDS, calm * 2 ** min(failures, _MOST_DOUBLINGS))
    return max(backed_off, _COST * latency, retry_after or 0.0)
