"""Which metrics measure the requests this backend answered, by what their names say."""

from functools import lru_cache

_MILLISECONDS = {"seconds": 1_000.0, "milliseconds": 1.0, "millis": 1.0, "ms": 1.0}
_DURATION = frozenset(("duration", "latency", "time"))
_REQUEST = frozenset(("request", "requests"))
_OF_OTHERS = frozenset({"client", "outgoing", "outbound", "upstream", "external", "egress"})
_WITHIN = frozenset({"db", "database", "sql", "redis", "cache", "celery", "task", "queue", "wait"})
_FAILED = frozenset({"failed", "failure", "failures", "error", "errors", "exception", "exceptions"})
_UNUSUAL = frozenset({"slow", "rejected", "dropped", "cancelled", "timeout", "limited", "retried"})
_NOT_ALL = _OF_OTHERS | _WITHIN | _FAILED | _UNUSUAL
"""Such names are of requests that the backend makes itself, or of only some of those it answers: neither a rate
nor a share can be taken from them."""


@lru_cache(maxsize=1_024)
def duration_unit(family: str) -> float | None:
    """How many ms the unit of a request duration has; None for a family of another kind.

    >>> duration_unit("http_request_duration_seconds")
    1000.0
    """
    words = _words(family)
    of_requests = bool(words & _REQUEST) or {"http", "server"} <= words
    if not of_requests or not words & _DURATION or words & _NOT_ALL:
        return None
    return next((_MILLISECONDS[word] for word in sorted(words) if word in _MILLISECONDS), None)


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
