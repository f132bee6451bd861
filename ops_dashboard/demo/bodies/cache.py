"""The cache: how well it works, what it holds, and emptying it."""

from typing import Any

from ops_dashboard.demo.asked import Asked
from ops_dashboard.demo.moments import iso
from ops_dashboard.demo.simulation import Simulation

_KEYS_WHEN_FULL = 18_432
_TOP_KEYS = (
    # key, hits per second, bytes
    ("search:query:attention", 3.1, 48_220),
    ("resource:184201:detail", 2.4, 12_940),
    ("graph:overview", 1.9, 301_500),
    ("search:query:graph-rag", 1.6, 45_010),
    ("user:session:index", 1.4, 6_120),
    ("recommendations:trending", 1.1, 22_760),
    ("collection:318:members", 0.8, 31_400),
    ("quality:distribution", 0.6, 4_090),
    ("resource:90125:chunks", 0.5, 88_300),
    ("citations:importance", 0.3, 57_870),
)


def cache(simulation: Simulation, asked: Asked) -> dict[str, Any]:
    """Hits and misses in percent, size in MB, evictions per second, the most read keys."""
    del asked
    now = simulation.readings(simulation.now)
    since = max(simulation.cache_cleared_at, simulation.boot)
    hit_rate = round(now.cache_hit_rate, 2)
    return {
        "timestamp": iso(simulation.now),
        "hit_rate": hit_rate,
        "miss_rate": round(100.0 - hit_rate, 2),
        "size_mb": round(now.cache_size_mb, 1),
        "eviction_rate": round(now.eviction_rate, 3),
        "top_keys": [
            {"key": key, "hits": hits, "size_bytes": size}
            for key, rate, size in _TOP_KEYS
            if (hits := int(rate * (simulation.now - since))) > 0
        ],
    }


def cache_clear(simulation: Simulation, asked: Asked) -> dict[str, Any]:
    """Empty the cache; it fills again over some minutes."""
    del asked
    if simulation.is_fresh:
        return {"cleared_keys": 0}
    cleared = round(_KEYS_WHEN_FULL * simulation.readings(simulation.now).cache_fill)
    simulation.cache_cleared_at = simulation.now
    return {"cleared_keys": cleared}
