"""Workers: count, health, queue, tasks, and each worker by itself."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Self

from ops_dashboard.domain.metrics.workers import ListedWorker, RunningTask, WorkersReport, WorkerStats
from ops_dashboard.domain.snapshot import Snapshot
from ops_dashboard.domain.units import duration
from ops_dashboard.domain.views.charts import chart
from ops_dashboard.domain.views.figure import Figure, Panel
from ops_dashboard.domain.views.key_metrics import QUEUE
from ops_dashboard.domain.views.panels import extended, figures, panel
from ops_dashboard.domain.views.specs import Spec, with_value
from ops_dashboard.domain.views.table import Cell, Column, TableSpec, TableView, table_view

SILENT_SECONDS = 60.0
"""A worker whose last heartbeat is older is said to be silent."""
_MOST_NAMED = 3
_KIB_PER_MIB = 1024

_FIGURES = (
    Spec("workers.active_workers", "Active workers", "workers", lambda r: r.active_workers),
    QUEUE,
    Spec("workers.processing_rate", "Processing rate", "workers", lambda r: r.processing_rate, "/s"),
    Spec("workers.failed_tasks", "Failed tasks", "workers", lambda r: r.failed_tasks, counter=True),
    Spec("workers.active_tasks", "Running tasks", "workers", lambda r: r.active_tasks, optional=True),
    Spec("workers.scheduled_tasks", "Scheduled tasks", "workers", lambda r: r.scheduled_tasks, optional=True),
    Spec(
        "workers.processed_total",
        "Tasks started (failures not reported)",
        "workers",
        lambda r: r.started_total,
        derived="The sum over all workers since each began. How many of the tasks failed is not reported.",
        counter=True,
        optional=True,
    ),
)


def _worker_rows(report: WorkersReport) -> list[tuple[Cell, ...]] | None:
    if report.listed is not None:
        return [_of_listed(worker, report.timestamp) for worker in report.listed]
    if report.stats is None:
        return None
    running = report.running or {}
    return [_of_stats(name, worker, running.get(name)) for name, worker in report.stats.items()]


def _of_listed(worker: ListedWorker, now: float | None) -> tuple[Cell, ...]:
    status = worker.status.word.lower() if worker.status else None
    if silence := _silence(worker, now):
        status = f"silent for {duration(silence)}"
    return (
        worker.name or "(no name)",
        status,
        worker.active_tasks,
        None,
        worker.processed,
        None,
        worker.uptime_seconds,
        worker.prefetch,
        worker.memory_mb,
        None,
        worker.heartbeat_at,
    )


def _of_stats(name: str, worker: WorkerStats, running: list[RunningTask] | None) -> tuple[Cell, ...]:
    begun = [task.started_at for task in running or () if task.started_at is not None]
    return (
        name,
        "answers",
        None if running is None else len(running),
        min(begun, default=None),
        None,
        worker.started,
        worker.uptime_seconds,
        worker.prefetch,
        None,
        None if worker.peak_memory_kib is None else worker.peak_memory_kib / _KIB_PER_MIB,
        None,
    )


WORKERS = TableSpec(
    key="workers",
    title="Each worker",
    source="workers",
    columns=(
        Column("worker", "Worker"),
        Column("status", "Status"),
        Column("active", "Running", "number", "count"),
        Column("oldest", "Oldest since", "moment"),
        Column("processed", "Done", "number", "count"),
        Column("begun", "Tasks started", "number", "count"),
        Column("uptime", "Uptime", "number", "duration"),
        Column("prefetch", "Prefetch", "number", "count"),
        Column("memory", "Memory", "number", "MB"),
        Column("peak_memory", "Peak memory", "number", "MiB"),
        Column("heartbeat", "Heartbeat", "moment"),
    ),
    rows=_worker_rows,
    entries=lambda report: report.stats if report.listed is None else report.listed,
    empty="No worker answers.",
)


@dataclass(frozen=True, slots=True)
class WorkersPanel(Panel):
    """The workers together, and each of them."""

    workers: TableView = TableView(WORKERS.key, WORKERS.title)

    def with_each_figure(self, changed: Callable[[Figure], Figure]) -> Self:
        """As of any panel; then what the backend counts stands in for a processing rate that it does not tell."""
        after = super(WorkersPanel, self).with_each_figure(changed)  # slots: no super() without arguments
        return replace(after, figures=with_processing_rate(after.figures))


def with_processing_rate(shown: Iterable[Figure]) -> tuple[Figure, ...]:
    """The figures, the processing rate from the growth of the tasks started where it is not reported itself."""
    known = {figure.key: figure for figure in shown}
    rate, begun = known.get("workers.processing_rate"), known.get("workers.processed_total")
    grown = begun.past.per_second if begun and begun.past else None
    if rate and begun and rate.display == "not_reported" and grown is not None:
        plain = replace(
            rate,
            display=begun.display,
            note=begun.note,
            origin="derived",
            origin_note="The growth of the tasks started, over all workers; how many failed is not reported.",
            at=begun.at,
        )
        # Its past is that of the counter.
        known[rate.key] = replace(with_value(plain, grown, "/s"), every=0.0)
    return tuple(known.values())


def workers_panel(snapshot: Snapshot) -> WorkersPanel:
    """The health word is the backend's, else it follows from the call's status and the worker count."""
    report = snapshot.report("workers", WorkersReport)
    shown = figures(_FIGURES, snapshot)
    by_key = {figure.key: figure for figure in shown}
    rate, rate_of = by_key["workers.processing_rate"], "tasks done"
    if rate.value is None and "workers.processed_total" in by_key:
        rate, rate_of = by_key["workers.processed_total"], "tasks started"
    limits = {"warning": QUEUE.warn} if QUEUE.warn else {}
    plain = panel(
        "workers",
        "Workers",
        snapshot,
        "workers",
        shown,
        status=report.health if report else None,
        message=_message(report),
    )
    return extended(
        WorkersPanel,
        replace(
            plain,
            charts=(
                chart("queue", "Queue length", "tasks", {"queue": by_key[QUEUE.key]}, limits),
                chart("processing", "Processing rate", "/s", {rate_of: rate}),
                chart("failed_tasks", "Failed tasks", "/s", {"failed": by_key["workers.failed_tasks"]}),
                chart(
                    "active_workers", "Active workers", "count", {"workers": by_key["workers.active_workers"]}
                ),
            ),
        ),
        workers=table_view(WORKERS, snapshot),
    )


def _message(report: WorkersReport | None) -> str:
    if report is None:
        return ""
    said = report.message or ""
    if report.started_total is not None and report.failed_tasks is None:
        said = f"{said} The workers answer; whether their tasks succeed is not reported.".strip()
    silent = [w.name or "(no name)" for w in report.listed or () if _silence(w, report.timestamp)]
    if not silent:
        return said
    named = ", ".join(silent[:_MOST_NAMED])
    more = f" and {len(silent) - _MOST_NAMED:,} more" if len(silent) > _MOST_NAMED else ""
    return f"No heartbeat for over {duration(SILENT_SECONDS)}: {named}{more}. {said}".strip()


def _silence(worker: ListedWorker, now: float | None) -> float | None:
    """For how many seconds nothing was heard of a worker; None while that is not long, or cannot be told."""
    if now is None or worker.heartbeat_at is None:
        return None
    silence = now - worker.heartbeat_at
    return silence if silence > SILENT_SECONDS else None
