"""Cache: hit rate, size, evictions."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ops_dashboard.domain.actions import CLEARING
from ops_dashboard.domain.metrics.cache import CacheReport
from ops_dashboard.domain.snapshot import Snapshot
from ops_dashboard.domain.views.action import ActionView, action_view
from ops_dashboard.domain.views.breakdown import Amount, Breakdown, breakdown
from ops_dashboard.domain.views.cache_clearing import at_stake
from ops_dashboard.domain.views.charts import chart
from ops_dashboard.domain.views.figure import Figure, Panel
from ops_dashboard.domain.views.key_metrics import HIT_RATE, no_requests_yet
from ops_dashboard.domain.views.panels import extended, figures, panel, size
from ops_dashboard.domain.views.specs import Spec
from ops_dashboard.domain.views.table import Cell, Column, TableSpec, TableView, table_view

_MISS_RATE = Spec(
    "cache.miss_rate",
    "Miss rate",
    "cache",
    lambda r: r.miss_rate,
    "%",
    meaningless=no_requests_yet,
    of="requests",
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


def _key_rows(report: CacheReport) -> Sequence[tuple[Cell, ...]] | None:
    keys = report.top_keys
    return None if keys is None else [(each.key, each.hits, each.size_bytes) for each in keys]


CACHE_KEYS = TableSpec(
    "cache_keys",
    "Top keys",
    "cache",
    (
        Column("key", "Key", "code"),
        Column("hits", "Hits", "number", "count"),
        Column("size_bytes", "Size", "number", "bytes"),
    ),
    _key_rows,
    entries=lambda report: report.top_keys,
    sort="hits",
    empty="No key has been read yet.",
)


_RATIO = "Hits and misses"


@dataclass(frozen=True, slots=True)
class CachePanel(Panel):
    """Hits and misses, and the keys that are read most."""

    ratio: Breakdown = Breakdown(_RATIO)
    top_keys: TableView = TableView(CACHE_KEYS.key, CACHE_KEYS.title)
    clear: ActionView = ActionView()
    at_stake: tuple[str, ...] = ()
    """What is lost when the cache is cleared."""


def cache_panel(snapshot: Snapshot) -> CachePanel:
    """Rates have no meaning before the first request, and say so."""
    report, misses = snapshot.report("cache", CacheReport), _MISS_RATE
    if report is not None and report.miss_rate_is_derived:
        misses = replace(_MISS_RATE, derived="What is left of the hits.")
    shown = figures((HIT_RATE, misses, *_FIGURES), snapshot)
    hit_rate, miss_rate = shown[:2]
    by_key = {figure.key: figure for figure in shown}
    plain = panel(
        "cache",
        "Cache",
        snapshot,
        "cache",
        shown,
        message=(report.message or "") if report else "",
    )
    return extended(
        CachePanel,
        replace(
            plain,
            charts=(
                chart("hit_rate", "Hit rate", "%", {"hits": hit_rate}),
                chart("cache_size", "Size", "MB", {"size": by_key["cache.size_mb"]}),
                chart("evictions", "Evictions", "/s", {"evictions": by_key["cache.eviction_rate"]}),
            ),
        ),
        ratio=_ratio(hit_rate, miss_rate),
        top_keys=table_view(CACHE_KEYS, snapshot),
        clear=action_view(CLEARING, snapshot),
        at_stake=at_stake(snapshot),
    )


def _ratio(hits: Figure, misses: Figure) -> Breakdown:
    """The rates as parts of all requests."""
    if hits.value is None:
        return Breakdown(_RATIO, display=hits.display, note=hits.note)
    missed = misses.value if misses.value is not None else max(0.0, 100 - hits.value)
    amounts = (Amount("hits", "hits", hits.value, "c1"), Amount("misses", "misses", missed, "c2"))
    return breakdown(_RATIO, amounts, "%", display=hits.display, note=hits.note)
