"""How the dashboard itself is, for those who watch it."""

from collections.abc import Mapping
from dataclasses import dataclass

from ops_dashboard.domain.alerts.severity import Severity
from ops_dashboard.domain.snapshot import Snapshot
from ops_dashboard.monitor.alert_tally import Open


@dataclass(frozen=True, slots=True)
class Vitals:
    """As things stand at one moment. All counts are since ``started_at``, in unix seconds."""

    started_at: float
    snapshot: Snapshot
    requests: Mapping[str, int]
    """Calls to the backend that were begun, by method."""
    tabs: int
    open: Open | None
    """Alerts by severity and handling; None until they were judged once."""
    opened: Mapping[Severity, int]
    """Incidents by the severity they began with."""
    actions: Mapping[tuple[str, str], int]
    """By action and outcome."""
    audit_waiting: int
    """Rows."""
    unsaved: bool | None
    """Whether a restart would lose anything; None until the database was tried once."""
    series: int
    series_bytes: int
