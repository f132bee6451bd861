"""Background workers."""

from typing import Annotated

from pydantic import BeforeValidator

from ops_dashboard.domain.metrics.answer import Answer
from ops_dashboard.domain.metrics.collections import map_of
from ops_dashboard.domain.metrics.counts import Counts
from ops_dashboard.domain.metrics.fields import (
    Amount,
    Report,
    StatusWord,
    reported,
)
from ops_dashboard.domain.status import Status


class WorkerStats(Report):
    """One worker's own statistics: tasks done by kind, uptime in seconds."""

    total: Counts = reported("total")
    uptime_seconds: Amount = reported("uptime", "uptime_seconds")


class WorkersReport(Answer):
    """``/api/monitoring/workers/status``. Rate in tasks per second."""

    worker_health: StatusWord = reported("worker_health")
    active_workers: Amount = reported("active_workers", "workers.worker_count")
    queue_length: Amount = reported("queue_length")
    processing_rate: Amount = reported("processing_rate")
    failed_tasks: Amount = reported("failed_tasks")
    active_tasks: Amount = reported("active_tasks", "workers.total_active_tasks")
    scheduled_tasks: Amount = reported("scheduled_tasks", "workers.total_scheduled_tasks")
    stats: Annotated[dict[str, WorkerStats] | None, BeforeValidator(map_of(WorkerStats))] = reported(
        "stats", "workers.stats"
    )

    @property
    def health(self) -> Status:
        """As reported; else from the call's own status, and down when no worker is left.

        A count alone makes no healthy workers, and a healthy word none that nobody counted.
        """
        if self.worker_health is not None:
            return self.worker_health
        if self.active_workers == 0:
            return Status.DOWN
        if self.status is Status.HEALTHY and self.active_workers is None:
            return Status.UNKNOWN
        return self.status or Status.UNKNOWN

    @property
    def processed_total(self) -> float | None:
        """Tasks done since the workers started, over all of them; None where one of them does not tell."""
        done = 0.0
        for worker in (self.stats or {}).values():
            if worker.total is None or None in worker.total.values():
                return None
            done += sum(n for n in worker.total.values() if n is not None)
        return done if self.stats else None
