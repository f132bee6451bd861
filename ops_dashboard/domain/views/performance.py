"""Performance: percentiles, rates and the backend's process."""

from ops_dashboard.domain.snapshot import Snapshot
from ops_dashboard.domain.views.figure import Panel
from ops_dashboard.domain.views.key_metrics import (
    P50,
    P95,
    P99,
    error_rate,
    request_rate,
    response_time,
    uptime,
)
from ops_dashboard.domain.views.panels import figures, panel
from ops_dashboard.domain.views.specs import Spec

_PROCESS = (
    Spec(
        "performance.slow_query_count",
        "Slow queries",
        "performance",
        lambda r: r.slow_query_count,
        optional=True,
    ),
    Spec(
        "process.resident_bytes",
        "Process memory",
        "prometheus",
        lambda r: r.resident_bytes,
        "bytes",
        optional=True,
    ),
    Spec(
        "process.cpu_seconds",
        "Process CPU time",
        "prometheus",
        lambda r: r.cpu_seconds,
        "duration",
        counter=True,
        optional=True,
    ),
    Spec("process.open_files", "Open files", "prometheus", lambda r: r.open_files, optional=True),
    Spec(
        "process.observed_requests",
        "Requests counted",
        "prometheus",
        lambda r: r.observed_requests,
        derived="Summed up over the labels of one metric of the backend's /metrics.",
        counter=True,
        optional=True,
    ),
)


def performance_panel(snapshot: Snapshot) -> Panel:
    """Response times, rates and process figures."""
    shown = (
        response_time(P50, snapshot),
        response_time(P95, snapshot),
        response_time(P99, snapshot),
        request_rate(snapshot),
        error_rate(snapshot),
        uptime(snapshot),
        *figures(_PROCESS, snapshot),
    )
    return panel("performance", "Performance", snapshot, "performance", shown)
