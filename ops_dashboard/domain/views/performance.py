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
from ops_dashboard.domain.views.own_calls import FAILING, own_beside
from ops_dashboard.domain.views.own_calls import P50 as OWN_P50
from ops_dashboard.domain.views.own_calls import P95 as OWN_P95
from ops_dashboard.domain.views.own_calls import P99 as OWN_P99
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
    """Response times, rates and process figures; what the own calls show where the users' figures are missing."""
    times = tuple(response_time(spec, snapshot) for spec in (P50, P95, P99))
    errors = error_rate(snapshot)
    shown = (
        *times,
        request_rate(snapshot),
        errors,
        uptime(snapshot),
        *own_beside(times, (OWN_P50, OWN_P95, OWN_P99), snapshot),
        *own_beside((errors,), (FAILING,), snapshot),
        *figures(_PROCESS, snapshot),
    )
    return panel("performance", "Performance", snapshot, "performance", shown)
