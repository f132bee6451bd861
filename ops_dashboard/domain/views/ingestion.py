"""Ingestion: jobs, services, the edge worker's heartbeat; and sparse embeddings."""

from collections import Counter

from ops_dashboard.domain.metrics.ingestion import (
    HeartbeatReport,
    IngestionHealthReport,
    IngestionWorkerReport,
    JobsReport,
)
from ops_dashboard.domain.snapshot import Snapshot
from ops_dashboard.domain.status import Status
from ops_dashboard.domain.text import clean
from ops_dashboard.domain.views.figure import Figure, Panel
from ops_dashboard.domain.views.panels import panel
from ops_dashboard.domain.views.specs import NOT_REPORTED, Spec, figure, without_value

_STATUSES = {"complete": "completed"}
_LAST_BEAT = Spec(
    "ingestion.last_beat",
    "Beat before reading",
    "ingestion_heartbeat",
    lambda r: r.seconds_since_last_seen,
    "duration",
)
_SHOWN = ("pending", "processing", "completed", "failed")


def ingestion_panel(snapshot: Snapshot) -> Panel:
    """Counts by job status, and the state of the edge worker."""
    health = snapshot.report("ingestion_health", IngestionHealthReport)
    services = (health.services or {}) if health else {}
    troubles = [
        f"{name}: {service.words}" for name, service in services.items() if service.status is Status.DOWN
    ]
    return panel(
        "ingestion",
        "Ingestion",
        snapshot,
        "jobs",
        (*_jobs(snapshot), *_worker(snapshot)),
        status=health.status if health else None,
        message=clean(" · ".join(troubles)),
    )


def embeddings_panel(snapshot: Snapshot) -> Panel:
    """What is known of sparse embeddings before the first run: whether this backend can generate them."""
    offer = next((o for o in snapshot.offers if o.key == "sparse_generate"), None)
    if offer is None or offer.offered is None:
        shown = without_value("embeddings.offered", "Generation", snapshot, "openapi")
    elif offer.offered:
        known = snapshot.sources["openapi"]
        display = snapshot.display("openapi")
        shown = Figure("embeddings.offered", "Generation", display, text="available", at=known.received_at)
    else:
        shown = Figure("embeddings.offered", "Generation", "not_reported", note=offer.sentence)
    last_run = Figure("embeddings.last_run", "Last run", "waiting", note="No run was started from here yet.")
    return panel("embeddings", "Sparse embeddings", snapshot, "openapi", (shown, last_run))


def _jobs(snapshot: Snapshot) -> tuple[Figure, ...]:
    state, report = snapshot.sources.get("jobs"), snapshot.report("jobs", JobsReport)
    if state is None or report is None:
        return tuple(without_value(f"jobs.{s}", s.capitalize(), snapshot, "jobs") for s in _SHOWN)
    if report.entries is None:
        return tuple(
            Figure(f"jobs.{s}", s.capitalize(), "not_reported", note=NOT_REPORTED, at=state.received_at)
            for s in _SHOWN
        )
    words = [(entry.status or "unknown").lower() for entry in report.entries]
    counts = Counter(_STATUSES.get(word, word) for word in words)
    # Without ids the history has one entry per change of state: counting those as jobs would be untrue.
    entries_only = bool(words) and all(entry.job_id is None for entry in report.entries)
    note = (
        "Entries of the history, one per change of state: this backend gives jobs no id."
        if entries_only
        else ""
    )
    return tuple(
        Figure(
            f"jobs.{status}",
            f"{status.capitalize()} entries" if entries_only else status.capitalize(),
            snapshot.display("jobs"),
            text=f"{counts[status]:,}",
            value=counts[status],
            every=state.interval,
            exact=f"{counts[status]:,} of the latest {len(report.entries):,}",
            origin="derived",
            origin_note=note or f"Counted over the latest {len(report.entries):,} jobs of the history.",
            note=state.reason,
            at=state.received_at,
        )
        for status in _SHOWN
    )


def _worker(snapshot: Snapshot) -> tuple[Figure, ...]:
    beat = snapshot.report("ingestion_heartbeat", HeartbeatReport)
    activity = snapshot.report("ingestion_worker", IngestionWorkerReport)
    return (
        _words(
            "ingestion.heartbeat",
            "Edge worker",
            snapshot,
            "ingestion_heartbeat",
            beat.state_word if beat else None,
            tone="crit" if beat and beat.state is Status.DOWN else "",
        ),
        figure(_LAST_BEAT, snapshot),
        _words(
            "ingestion.activity",
            "Activity",
            snapshot,
            "ingestion_worker",
            activity.activity if activity else None,
        ),
    )


def _words(
    key: str, label: str, snapshot: Snapshot, source: str, text: str | None, *, tone: str = ""
) -> Figure:
    state = snapshot.sources.get(source)
    if state is None or state.value is None:
        return without_value(key, label, snapshot, source)
    if text is None:
        return Figure(key, label, "not_reported", note=NOT_REPORTED, at=state.received_at)
    display = snapshot.display(source)
    return Figure(
        key, label, display, text=text, exact=text, note=state.reason, tone=tone, at=state.received_at
    )
