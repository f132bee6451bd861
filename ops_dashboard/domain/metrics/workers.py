"""Background workers."""

from itertools import islice
from typing import Annotated

from pydantic import PlainValidator, ValidationInfo

from ops_dashboard.domain.bounds import MOST_ENTRIES
from ops_dashboard.domain.metrics.answer import Answer
from ops_dashboard.domain.metrics.collections import is_whole, list_of, map_of
from ops_dashboard.domain.metrics.counts import Counts
from ops_dashboard.domain.metrics.fields import (
    Amount,
    Moment,
    Name,
    Report,
    StatusWord,
    reported,
)
from ops_dashboard.domain.status import Status
from ops_dashboard.domain.text import NAME_LENGTH, clean


class WorkerStats(Report):
    """One worker's own statistics: tasks accepted by kind, whatever came of them, uptime in seconds, and the most
    memory that it ever held, in KiB."""

    total: Counts = reported("total")
    uptime_seconds: Amount = reported("uptime", "uptime_seconds")
    prefetch: Amount = reported("prefetch_count")
    peak_memory_kib: Amount = reported("rusage.maxrss")

    @property
    def started(self) -> float | None:
        """Tasks accepted since the worker began; None where it does not tell all of its kinds."""
        if self.total is None or None in self.total.values():
            return None
        return sum(n for n in self.total.values() if n is not None)


class RunningTask(Report):
    """A task that a worker is at. Unix seconds."""

    name: Name = reported("name", "type")
    started_at: Moment = reported("time_start", "started_at")


class ListedWorker(Report):
    """A worker as a list of workers has it. Seconds, MB."""

    name: Name = reported("name", "hostname", "id")
    status: StatusWord = reported("status", "state")
    uptime_seconds: Amount = reported("uptime_seconds", "uptime")
    processed: Amount = reported("processed", "tasks_processed")
    active_tasks: Amount = reported("active_tasks")
    prefetch: Amount = reported("prefetch", "prefetch_count")
    memory_mb: Amount = reported("memory_mb")
    heartbeat_at: Moment = reported("last_heartbeat", "heartbeat_at")


def _unless_wrapped(value: object, info: ValidationInfo) -> object:
    """The list of workers; one dialect has an object of other things under the same name."""
    return None if isinstance(value, dict) else list_of(ListedWorker)(value, info)


def _tasks_by_worker(value: object, info: ValidationInfo) -> object:
    if not isinstance(value, dict):
        return None
    return {
        clean(name, NAME_LENGTH): list_of(RunningTask)(tasks, info) or []
        for name, tasks in islice(value.items(), MOST_ENTRIES)
    }


class WorkersReport(Answer):
    """``/api/monitoring/workers/status``. Rate in tasks per second."""

    worker_health: StatusWord = reported("worker_health")
    active_workers: Amount = reported("active_workers", "workers.worker_count")
    queue_length: Amount = reported("queue_length")
    processing_rate: Amount = reported("processing_rate")
    failed_tasks: Amount = reported("failed_tasks")
    active_tasks: Amount = reported("active_tasks", "workers.total_active_tasks")
    scheduled_tasks: Amount = reported("scheduled_tasks", "workers.total_scheduled_tasks")
    stats: Annotated[dict[str, WorkerStats] | None, PlainValidator(map_of(WorkerStats))] = reported(
        "stats", "workers.stats"
    )

    listed: Annotated[list[ListedWorker] | None, PlainValidator(_unless_wrapped)] = reported("workers")
    running: Annotated[dict[str, list[RunningTask]] | None, PlainValidator(_tasks_by_worker)] = reported(
        "workers.active_tasks"
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
    def started_total(self) -> float | None:
        """Tasks accepted since the workers began, over all of them; None where one of them does not tell."""
        accepted = [worker.started for worker in (self.stats or {}).values()]
        if not accepted or None in accepted or not is_whole(self.stats or {}):
            return None
        return sum(n for n in accepted if n is not None)
