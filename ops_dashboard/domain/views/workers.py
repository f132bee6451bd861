"""Workers: count, health, queue, tasks."""

from ops_dashboard.domain.metrics.workers import WorkersReport
from ops_dashboard.domain.snapshot import Snapshot
from ops_dashboard.domain.views.figure import Panel
from ops_dashboard.domain.views.key_metrics import QUEUE
from ops_dashboard.domain.views.panels import figures, panel
from ops_dashboard.domain.views.specs import Spec

_FIGURES = (
    Spec("workers.active_workers", "Active workers", "workers", lambda r: r.active_workers),
    QUEUE,
    Spec("workers.processing_rate", "Processing rate", "workers", lambda r: r.processing_rate, "/s"),
    Spec("workers.failed_tasks", "Failed tasks", "workers", lambda r: r.failed_tasks, counter=True),
    Spec("workers.active_tasks", "Running tasks", "workers", lambda r: r.active_tasks, optional=True),
    Spec("workers.scheduled_tasks", "Scheduled tasks", "workers", lambda r: r.scheduled_tasks, optional=True),
    Spec(
        "workers.processed_total",
        "Tasks done",
        "workers",
        lambda r: r.processed_total,
        derived="The sum over all workers since each started.",
        counter=True,
        optional=True,
    ),
)


def workers_panel(snapshot: Snapshot) -> Panel:
    """The health word is the backend's, else it follows from the call's status and the worker count."""
    report = snapshot.report("workers", WorkersReport)
    return panel(
        "workers",
        "Workers",
        snapshot,
        "workers",
        figures(_FIGURES, snapshot),
        status=report.health if report else None,
        message=(report.message or "") if report else "",
    )
