"""Which metrics measure the requests this backend answered, by what their names say."""

from functools import lru_cache

_MILLISECONDS = {"seconds": 1_000.0, "milliseconds": 1.0, "millis": 1.0, "ms": 1.0}
_DURATION = frozenset(("duration", "latency", "time"))
_KNOWN = (
    "http_request_duration_seconds",
    "http_server_requests_seconds",
    "http_server_request_duration_seconds",
    "starlette_requests_processing_time_seconds",
    "http_requests_duration_seconds",
)
"""Histograms of common libraries, the most common first: they are preferred to those known by their shape alone."""
_OF_OTHERS = frozenset({"client", "outgoing", "outbound", "upstream", "external", "egress"})
_WITHIN = frozenset({"db", "database", "sql", "redis", "cache", "celery", "task", "queue", "wait"})
_FAILED = frozenset({"failed", "failure", "failures", "error", "errors", "exception", "exceptions"})
_UNUSUAL = frozenset({"active", "slow", "rejected", "dropped", "cancelled", "timeout", "limited", "retried"})
_NOT_ALL = _OF_OTHERS | _WITHIN | _FAILED | _UNUSUAL
"""Such names are of requests that the backend makes itself, or of only some of those it answers: neither a rate
nor a share can be taken from them."""


@lru_cache(maxsize=1_024)
def duration_unit(family: str) -> float | None:
    """How many ms the unit of a request duration has; None for a family of another kind.

    It speaks of requests and ends in a unit of time; with a word for a duration the unit may stand elsewhere.

    >>> duration_unit("http_server_requests_seconds")
    1000.0
    """
    words = _words(family)
    of_requests = "request" in family.lower() or {"http", "server"} <= words
    if not of_requests or words & _NOT_ALL:
        return None
    named = words if words & _DURATION else {family.lower().rpartition("_")[2]}
    return next((_MILLISECONDS[word] for word in sorted(named) if word in _MILLISECONDS), None)


def rank(family: str) -> int:
    """How well known a name is: the higher the better, 0 for one that is known by its shape alone."""
    return len(_KNOWN) - _KNOWN.index(family) if family in _KNOWN else 0


@lru_cache(maxsize=1_024)
def counts_requests(sample: str) -> bool:
    """Whether a counter's samples of this name count all requests.

    >>> counts_requests("http_requests_total"), counts_requests("failed_requests_total")
    (True, False)
    """
    return sample.endswith(("requests_total", "request_total")) and not _words(sample) & _NOT_ALL


def speaks_of_http(family: str) -> bool:
    """Whether the name says HTTP: such a family most likely covers every route."""
    return "http" in _words(family)


def _words(name: str) -> frozenset[str]:
    return frozenset(name.lower().split("_"))
