"""The rates that the demo's counters sum up."""

from ops_dashboard.demo.readings import Readings

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Upper bounds of the request duration histogram, in seconds."""

STATUSES = {"200": 0.0, "404": 0.012, "500": 0.6, "503": 0.4}
"""HTTP statuses counted. 404 has a share of all requests; 500 and 503 share the errors; 200 is the rest."""

HANDLERS = {
    ("GET", "/api/v1/resources"): 9,
    ("GET", "/api/v1/search"): 6,
    ("GET", "/api/v1/collections/{collection_id}"): 3,
    ("POST", "/api/v1/annotations"): 2,
}
"""(method, handler) of the requests counted, and how many of every twenty each answers."""

EVENT_TYPES = {
    "resource.created": 0.16,
    "resource.updated": 0.23,
    "resource.deleted": 0.03,
    "search.performed": 0.27,
    "annotation.created": 0.09,
    "collection.resource_added": 0.07,
    "citation.extracted": 0.08,
    "quality.recomputed": 0.05,
    "cache.invalidated": 0.02,
}
"""Each event type's part of all events."""


def handled(total: int) -> dict[tuple[str, str], int]:
    """``total`` requests by (method, handler), dealt out in turn: each part only grows, and none is lost."""
    rounds, rest = divmod(total, sum(HANDLERS.values()))
    parts, dealt = {}, 0
    for handler, share in HANDLERS.items():
        parts[handler] = rounds * share + min(share, max(0, rest - dealt))
        dealt += share
    return parts


def counted_rates(now: Readings) -> dict[str, float]:
    """Everything that is counted, each in units per second."""
    errors = now.error_rate / 100.0
    shares = {
        "404": STATUSES["404"],
        "500": errors * STATUSES["500"],
        "503": errors * STATUSES["503"],
    }
    shares["200"] = 1.0 - sum(shares.values())
    return {
        **{f"status/{status}": now.request_rate * share for status, share in shares.items()},
        **{f"le/{edge}": now.request_rate * now.response.share_below(edge * 1000.0) for edge in BUCKETS},
        "seconds": now.request_rate * now.response.mean / 1000.0,
        **{f"event/{name}": now.event_rate * share for name, share in EVENT_TYPES.items()},
        "failed deliveries": now.delivery_failure_rate,
        "slow queries": now.slow_query_rate,
        "tasks": now.processing_rate,
        "failed tasks": now.task_failure_rate,
    }
