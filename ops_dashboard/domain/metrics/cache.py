"""The cache."""

from typing import Annotated

from pydantic import PlainValidator

from ops_dashboard.domain.metrics.answer import Answer
from ops_dashboard.domain.metrics.collections import list_of
from ops_dashboard.domain.metrics.fields import (
    Amount,
    Name,
    Percent,
    Report,
    reported,
)


class CachedKey(Report):
    """One of the most read keys: hits, and size in bytes."""

    key: Name = reported("key")
    hits: Amount = reported("hits")
    size_bytes: Amount = reported("size_bytes")


class CacheReport(Answer):
    """``/api/monitoring/cache/stats``. Rates in percent, size in MB, counters since process start.

    Pharos' ``cache_stats.hit_rate`` is a ratio from 0 to 1 and is not read: its percentage stands beside it.
    """

    reported_hit_rate: Percent = reported("hit_rate", "cache_stats.hit_rate_percent")
    reported_miss_rate: Percent = reported("miss_rate")
    size_mb: Amount = reported("size_mb", "cache_stats.size_mb")
    eviction_rate: Amount = reported("eviction_rate", "cache_stats.eviction_rate")
    hits: Amount = reported("hits", "cache_stats.hits")
    misses: Amount = reported("misses", "cache_stats.misses")
    invalidations: Amount = reported("invalidations", "cache_stats.invalidations")
    total_requests: Amount = reported("total_requests", "cache_stats.total_requests")
    top_keys: Annotated[list[CachedKey] | None, PlainValidator(list_of(CachedKey))] = reported(
        "top_keys", "cache_stats.top_keys"
    )

    @property
    def counted(self) -> float | None:
        """How often the cache was asked; None where that is not told."""
        if self.total_requests is None and self.hits is not None and self.misses is not None:
            return self.hits + self.misses
        return self.total_requests

    @property
    def idle(self) -> bool:
        """True when the cache was never asked: then a hit rate has no meaning yet.

        Rates of which neither is anything say so as well: a request is a hit or a miss.
        """
        if self.counted is not None:
            return self.counted == 0
        return self.reported_hit_rate == 0 and self.reported_miss_rate == 0

    @property
    def hit_rate(self) -> float | None:
        """Hits in percent; None when not reported, and before the first request."""
        return None if self.idle else self.reported_hit_rate

    @property
    def miss_rate(self) -> float | None:
        """Misses in percent: as reported, else what is left of the hits once there were requests."""
        if self.miss_rate_is_derived and self.reported_hit_rate is not None:
            return 100 - self.reported_hit_rate
        return None if self.idle else self.reported_miss_rate

    @property
    def miss_rate_is_derived(self) -> bool:
        """True when a miss rate, if there is one, is computed from the hits."""
        return self.reported_miss_rate is None and bool(self.counted)
