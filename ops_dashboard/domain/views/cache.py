"""Cache: hit rate, size, evictions."""

from dataclasses import replace

from ops_dashboard.domain.metrics.cache import CacheReport
from ops_dashboard.domain.snapshot import Snapshot
from ops_dashboard.domain.views.figure import Panel
from ops_dashboard.domain.views.key_metrics import HIT_RATE, no_requests_yet
from ops_dashboard.domain.views.panels import figures, panel, size
from ops_dashboard.domain.views.specs import Spec

_MISS_RATE = Spec(
    "cache.miss_rate", "Miss rate", "cache", lambda r: r.miss_rate, "%", meaningless=no_requests_yet
)
_FIGURES = (
    Spec("cache.hits", "Hits", "cache", lambda r: r.hits, counter=True, optional=True),
    Spec("cache.misses", "Misses", "cache", lambda r: r.misses, counter=True, optional=True),
    Spec("cache.size_mb", "Size", "cache", lambda r: r.size_mb, "MB"),
    Spec("cache.eviction_rate", "Evictions", "cache", lambda r: r.eviction_rate, "/s"),
    Spec(
        "cache.invalidations",
        "Invalidations",
        "cache",
        lambda r: r.invalidations,
        counter=True,
        optional=True,
    ),
    Spec("cache.top_keys", "Top keys", "cache", lambda r: size(r.top_keys)),
)


def cache_panel(snapshot: Snapshot) -> Panel:
    """Rates have no meaning before the first request, and say so."""
    report, misses = snapshot.report("cache", CacheReport), _MISS_RATE
    if report is not None and report.miss_rate_is_derived:
        misses = replace(_MISS_RATE, derived="What is left of the hits.")
    return panel(
        "cache",
        "Cache",
        snapshot,
        "cache",
        figures((HIT_RATE, misses, *_FIGURES), snapshot),
        message=(report.message or "") if report else "",
    )
