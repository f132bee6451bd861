"""Key metrics: the seven numbers looked at first."""

from dataclasses import replace

from ops_dashboard.domain.metrics.cache import CacheReport
from ops_dashboard.domain.metrics.database import DatabaseReport, PoolReport
from ops_dashboard.domain.metrics.performance import PerformanceReport
from ops_dashboard.domain.metrics.process import ProcessReport
from ops_dashboard.domain.snapshot import Snapshot
from ops_dashboard.domain.views.figure import Figure
from ops_dashboard.domain.views.specs import Spec, figure, tone, with_value


def no_requests_yet(report: CacheReport) -> str:
    """Why a hit rate has no meaning, if it has none."""
    return "No requests yet." if report.idle else ""


P95 = Spec("performance.p95", "Response time p95", "performance", lambda r: r.p95, "ms", warn=500, crit=1000)
P50 = Spec("performance.p50", "Response time p50", "performance", lambda r: r.p50, "ms")
P99 = Spec("performance.p99", "Response time p99", "performance", lambda r: r.p99, "ms")
REQUEST_RATE = Spec("performance.request_rate", "Request rate", "performance", lambda r: r.request_rate, "/s")
ERROR_RATE = Spec(
    "performance.error_rate", "Error rate", "performance", lambda r: r.error_rate, "%", warn=5, crit=10
)
POOL = Spec(
    "db_pool.utilization", "DB pool in use", "db_pool", lambda r: r.utilization, "%", warn=80, crit=95
)
QUEUE = Spec(
    "workers.queue_length", "Worker queue", "workers", lambda r: r.queue_length, "tasks", warn=100, crit=200
)
HIT_RATE = Spec(
    "cache.hit_rate",
    "Cache hit rate",
    "cache",
    lambda r: r.hit_rate,
    "%",
    meaningless=no_requests_yet,
)
UPTIME = Spec("performance.uptime_seconds", "Uptime", "performance", lambda r: r.uptime_seconds, "duration")


def key_metrics(snapshot: Snapshot) -> tuple[Figure, ...]:
    """The seven figures, in the order of the page."""
    return (
        response_time(P95, snapshot, snapshot.probes.p95),
        figure(REQUEST_RATE, snapshot),
        error_rate(snapshot),
        pool_in_use(snapshot),
        figure(QUEUE, snapshot),
        figure(HIT_RATE, snapshot),
        uptime(snapshot),
    )


def response_time(spec: Spec, snapshot: Snapshot, observed: float | None) -> Figure:
    """A percentile as reported; else that of the dashboard's own calls."""
    return _or_observed(spec, snapshot, observed, "The response time of this dashboard's own calls")


def error_rate(snapshot: Snapshot) -> Figure:
    """The error rate as reported; else the share of the dashboard's own calls that failed."""
    return _or_observed(
        ERROR_RATE,
        snapshot,
        snapshot.probes.error_rate,
        "The share of own calls that failed, one that keeps failing counted once",
    )


def pool_in_use(snapshot: Snapshot) -> Figure:
    """Pool utilization from the pool's own call, else the database's, else computed from the counts."""
    for source in ("db_pool", "database"):
        spec = replace(POOL, source=source)
        reported = figure(spec, snapshot)
        if reported.text:
            return reported
        pool = snapshot.sources[source].value if source in snapshot.sources else None
        if getattr(pool, "active", None) is not None and getattr(pool, "max", None):
            return figure(
                replace(spec, read=_share_in_use, derived="Active connections of the maximum."), snapshot
            )
    return figure(POOL, snapshot)


def _share_in_use(pool: PoolReport | DatabaseReport) -> float | None:
    return 100 * pool.active / pool.max if pool.active is not None and pool.max else None


def uptime(snapshot: Snapshot) -> Figure:
    """Uptime as reported; else since the process start that ``/metrics`` tells."""
    reported = figure(UPTIME, snapshot)
    process = snapshot.report("prometheus", ProcessReport)
    if _has_own_value(snapshot) or process is None or process.started_at is None:
        return reported
    state = snapshot.sources["prometheus"]
    derived = replace(
        reported,
        display=snapshot.display("prometheus"),
        note=state.reason,
        origin="derived",
        origin_note="Since the process start that the backend's /metrics tells.",
        at=state.received_at,
        every=state.interval,
    )
    return with_value(derived, max(0.0, state.received_at - process.started_at), "duration")


def _has_own_value(snapshot: Snapshot) -> bool:
    report = snapshot.report("performance", PerformanceReport)
    return report is not None and report.uptime_seconds is not None


def _or_observed(spec: Spec, snapshot: Snapshot, observed: float | None, what: str) -> Figure:
    reported = figure(spec, snapshot)
    if reported.text or observed is None:
        return reported
    own = replace(
        reported,
        display="stale" if snapshot.contact.lost else "value",
        note="",
        origin="observed",
        origin_note=f"{what}: {snapshot.probes.calls:,} calls in the last 5 minutes.",
        tone=tone(spec, observed),
        at=snapshot.refreshed_at or snapshot.at,
        every=snapshot.refresh_seconds,
    )
    return with_value(own, observed, spec.unit)
