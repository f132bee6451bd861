"""Event bus: counters, latencies, types."""

from ops_dashboard.domain.snapshot import Snapshot
from ops_dashboard.domain.views.figure import Panel
from ops_dashboard.domain.views.panels import figures, panel, size
from ops_dashboard.domain.views.specs import Spec

_FIGURES = (
    Spec("events.emitted", "Emitted", "events", lambda r: r.emitted, counter=True),
    Spec("events.received", "Received", "events", lambda r: r.received, counter=True),
    Spec("events.failed", "Failed deliveries", "events", lambda r: r.failed, counter=True),
    Spec("events.p50", "Latency p50", "events", lambda r: r.p50, "ms"),
    Spec("events.p95", "Latency p95", "events", lambda r: r.p95, "ms", warn=1),
    Spec("events.p99", "Latency p99", "events", lambda r: r.p99, "ms"),
    Spec("events.types", "Event types", "events", lambda r: size(r.types)),
    Spec("event_history.events", "Latest events known", "event_history", lambda r: size(r.events)),
)


def events_panel(snapshot: Snapshot) -> Panel:
    """Counters run since the backend's process started."""
    return panel("events", "Event bus", snapshot, "events", figures(_FIGURES, snapshot))
