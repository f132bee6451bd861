"""How a dashboard may be: one of which everything is known, and one that has just been started."""

from dataclasses import replace

from ops_dashboard.domain.alerts.severity import Severity
from ops_dashboard.domain.alerts.state import Handled
from ops_dashboard.domain.snapshot import Snapshot
from ops_dashboard.monitor.vitals import Vitals
from ops_dashboard.serving.metric_families import Dropped
from tests.snapshots import NOW, failing, read, snapshot

STARTED = Vitals(
    started_at=NOW - 100.0,
    snapshot=Snapshot(),
    requests={"GET": 0, "POST": 0},
    tabs=0,
    open=None,
    opened=dict.fromkeys(Severity, 0),
    actions={},
    audit_waiting=0,
    unsaved=None,
    series=0,
    series_bytes=0,
)
KNOWN = replace(
    STARTED,
    snapshot=snapshot(
        states=[
            read("performance", {}, reads=7, latency=0.25, received_at=NOW - 3.0),
            failing("cache", reads=5, failed_reads=5, circuit="open", next_retry_at=NOW + 5.0),
            failing("workers", reads=6, failed_reads=6, circuit="open", next_retry_at=NOW - 5.0),
        ],
        refresh_took=1.5,
    ),
    requests={"GET": 18, "POST": 2},
    tabs=3,
    open={(severity, how): 0 for severity in Severity for how in Handled}
    | {(Severity.CRITICAL, Handled.ACKNOWLEDGED): 2},
    opened=dict.fromkeys(Severity, 0) | {Severity.CRITICAL: 4},
    actions={("acknowledge", "done"): 2, ("log_in", "refused"): 40},
    audit_waiting=5,
    unsaved=True,
    series=121,
    series_bytes=3_098_212,
)
DROPPED = Dropped(refused=4, malformed=3, flood=900)
