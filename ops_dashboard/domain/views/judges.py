"""By what each number's past is judged: which way is bad, and how little is nothing."""

from ops_dashboard.domain.anomaly import BadWhen, Judge
from ops_dashboard.domain.trend import GoodWhen

GOOD_WHEN: dict[BadWhen, GoodWhen] = {"up": "low", "down": "high", "both": "neutral"}
"""Which values a trend should go for, when an anomaly is looked for in the other direction."""

JUDGES: dict[str, Judge] = {
    "performance.p50": Judge("p50", "ms", "up", 20),
    "performance.p95": Judge("p95", "ms", "up", 20),
    "performance.p99": Judge("p99", "ms", "up", 20),
    "performance.request_rate": Judge("Request rate", "/s", "both", 1),
    "performance.error_rate": Judge("Error rate", "%", "up", 0.5),
    "db_pool.utilization": Judge("Pool in use", "%", "up", 5),
    "workers.queue_length": Judge("Queue", "tasks", "up", 10),
    "workers.processing_rate": Judge("Processing rate", "/s", "down", 0.5),
    "cache.hit_rate": Judge("Hit rate", "%", "down", 3),
    "cache.eviction_rate": Judge("Evictions", "/s", "up", 1),
    "database.avg_query_time_ms": Judge("Average query", "ms", "up", 5),
    "events.p95": Judge("Event latency p95", "ms", "up", 0.2),
}
_OF_ENDINGS = {
    ("modules.", ".response_time_ms"): Judge("Response time", "ms", "up", 20),
    ("modules.", ".error_count"): Judge("Errors", "count", "up", 3),
    ("models.", ".memory"): Judge("Memory", "MB", "up", 50),
    ("models.", ".errors"): Judge("Errors", "%", "up", 0.5),
    ("models.", ""): Judge("Inference time", "ms", "up", 20),
}


def judge_of(key: str) -> Judge | None:
    """The judge of the figure ``key``; None for a number of which no direction is bad or good."""
    if key in JUDGES:
        return JUDGES[key]
    return next(
        (judge for (start, end), judge in _OF_ENDINGS.items() if key.startswith(start) and key.endswith(end)),
        None,
    )
