"""Key metrics: the seven numbers looked at first."""

from dataclasses import replace

from ops_dashboard.domain.metrics.cache import CacheReport
from ops_dashboard.domain.metrics.database import DatabaseReport, PoolReport
from ops_dashboard.domain.metrics.process import ProcessReport
from ops_dashboard.domain.metrics.request_counts import RequestCounts
from ops_dashboard.domain.scrapes import FEWEST, FEWEST_FOR_RATE, ScrapeSummary
from ops_dashboard.domain.snapshot import Snapshot
from ops_dashboard.domain.views.figure import Figure
from ops_dashboard.domain.views.own_calls import FAILING, with_own
from ops_dashboard.domain.views.own_calls import P95 as OWN_P95
from ops_dashboard.domain.views.specs import Spec, figure
from ops_dashboard.domain.views.stand_ins import METRICS_SOURCE, from_metrics, reported_or


def no_requests_yet(report: CacheReport) -> str:
    """Why a hit rate has no meaning, if it has none."""
    return "No requests yet." if report.idle else ""


P95 = Spec("performance.p95", "Response time p95", "performance", lambda r: r.p95, "ms", warn=500, crit=1000)
P50 = Spec("performance.p50", "Response time p50", "performance", lambda r: r.p50, "ms")
P99 = Spec("performance.p99", "Response time p99", "performance", lambda r: r.p99, "ms")
REQUEST_RATE = Spec("performance.request_rate", "Request rate", "performance", lambda r: r.request_rate, "/s")
ERROR_RATE = Spec(
    "performance.error_rate",
    "Error rate",
    "performance",
    lambda r: r.error_rate,
    "%",
    warn=5,
    crit=10,
    meaningless=lambda r: "No requests just now." if r.request_rate == r.error_rate == 0 else "",
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
    of="requests",
)
UPTIME = Spec("performance.uptime_seconds", "Uptime", "performance", lambda r: r.uptime_seconds, "duration")


_PERCENTILES = {P50.key: 50, P95.key: 95, P99.key: 99}


def key_metrics(snapshot: Snapshot) -> tuple[Figure, ...]:
    """The seven figures, in the order of the page."""
    return (
        with_own(response_time(P95, snapshot), OWN_P95, "own calls p95", snapshot),
        request_rate(snapshot),
        with_own(error_rate(snapshot), FAILING, "own calls failing", snapshot),
        pool_in_use(snapshot),
        figure(QUEUE, snapshot),
        figure(HIT_RATE, snapshot),
        uptime(snapshot),
    )


def response_time(spec: Spec, snapshot: Snapshot) -> Figure:
    """A percentile (P50, P95 or P99) as reported; else from ``/metrics``."""
    percent = _PERCENTILES[spec.key]
    scrapes = snapshot.scrapes
    beyond = percent in scrapes.beyond
    return reported_or(
        spec,
        snapshot,
        from_metrics(
            snapshot,
            {50: scrapes.p50, 95: scrapes.p95, 99: scrapes.p99}[percent],
            [_counted(scrapes), *([_BEYOND] if beyond else [])],
            at_least=beyond,
        ),
        too_few=_too_few(scrapes.requests, FEWEST) if _has_histogram(snapshot) else "",
    )


def request_rate(snapshot: Snapshot) -> Figure:
    """Requests per second as reported; else from ``/metrics``."""
    scrapes = snapshot.scrapes
    counted = from_metrics(snapshot, scrapes.request_rate, [_counted(scrapes)])
    return reported_or(REQUEST_RATE, snapshot, counted)


def error_rate(snapshot: Snapshot) -> Figure:
    """The error rate as reported; else from ``/metrics``."""
    scrapes = snapshot.scrapes
    return reported_or(
        ERROR_RATE,
        snapshot,
        from_metrics(snapshot, scrapes.error_rate, [_answered(scrapes)]),
        too_few=_too_few(scrapes.with_status, FEWEST_FOR_RATE) if _tells_status(snapshot) else "",
    )


_BEYOND = "It lies beyond the histogram's highest bound: that bound is shown."
_OWN_INCLUDED = " This dashboard's own calls are among them."


def _too_few(requests: float, least: int) -> str:
    return f"Too few requests: {requests:,.0f} of {least:,} in the last 5 minutes."


def _request_counts(snapshot: Snapshot) -> RequestCounts | None:
    process = snapshot.report(METRICS_SOURCE, ProcessReport)
    return process.requests if process is not None else None


def _has_histogram(snapshot: Snapshot) -> bool:
    counts = _request_counts(snapshot)
    return counts is not None and bool(counts.edges)


def _tells_status(snapshot: Snapshot) -> bool:
    counts = _request_counts(snapshot)
    return counts is not None and counts.outcomes is not None


def _counted(scrapes: ScrapeSummary) -> str:
    kind = "histogram" if scrapes.has_histogram else "counter"
    counted = f"From the request {kind} of the backend's /metrics: {_requests(scrapes.requests)}"
    return counted + (_OWN_INCLUDED if scrapes.own_included else "")


def _answered(scrapes: ScrapeSummary) -> str:
    counted = f"From the statuses counted in the backend's /metrics, 5xx of {_requests(scrapes.with_status)}"
    return counted + (_OWN_INCLUDED if scrapes.own_with_status else "")


def _requests(count: float) -> str:
    return f"{count:,.0f} requests in the last 5 minutes."


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
    process = snapshot.report(METRICS_SOURCE, ProcessReport)
    began = process.started_at if process is not None else None
    seconds = None
    if began is not None:
        seconds = max(0.0, snapshot.sources[METRICS_SOURCE].received_at - began)
    told = ["Since the process start that the backend's /metrics tells."]
    return reported_or(UPTIME, snapshot, from_metrics(snapshot, seconds, told, "derived"))
