"""Ingestion: jobs, services, the edge worker's heartbeat."""

from dataclasses import dataclass, replace
from itertools import islice
from typing import Self

from ops_dashboard.domain.bounds import MOST_SERVICES
from ops_dashboard.domain.metrics.ingestion import (
    HeartbeatReport,
    IngestionHealthReport,
    IngestionWorkerReport,
)
from ops_dashboard.domain.snapshot import Snapshot
from ops_dashboard.domain.status import Status
from ops_dashboard.domain.text import clean
from ops_dashboard.domain.views.charts import chart
from ops_dashboard.domain.views.figure import Figure, Panel
from ops_dashboard.domain.views.heartbeats import HeartbeatView, heartbeats
from ops_dashboard.domain.views.ingestion_services import ServicesView, services_view
from ops_dashboard.domain.views.job_figures import job_figures
from ops_dashboard.domain.views.job_history import jobs_view, known_jobs
from ops_dashboard.domain.views.jobs import JobsView
from ops_dashboard.domain.views.panels import extended, panel
from ops_dashboard.domain.views.specs import NOT_REPORTED, Spec, figure, with_value, without_value

_LAST_BEAT = Spec(
    "ingestion.last_beat",
    "Beat before reading",
    "ingestion_heartbeat",
    lambda r: r.seconds_since_last_seen,
    "duration",
)


@dataclass(frozen=True, slots=True)
class IngestionPanel(Panel):
    """Ingestion, with its jobs, those who do the work, and what they need."""

    jobs: JobsView = JobsView()
    heartbeats: tuple[HeartbeatView, ...] = ()
    services: ServicesView = ServicesView()

    def without_rows(self) -> Self:
        """The panel as every tab is sent it: of the rows each is sent those alone that it looks at."""
        return replace(self, jobs=replace(self.jobs, rows=()))

    def told_by(self, newer: JobsView) -> Self:
        """The panel with what came of actions as ``newer`` has it, and all else as it is."""
        told = {name: getattr(newer, name) for name in ("submissions", "ingest", "reindex_failed")}
        return replace(self, jobs=replace(self.jobs, **told))


def ingestion_panel(snapshot: Snapshot) -> IngestionPanel:
    """Counts by job status, and the state of the edge worker."""
    health = snapshot.report("ingestion_health", IngestionHealthReport)
    services = (health.services or {}) if health else {}
    troubles = islice(
        (f"{name}: {service.words}" for name, service in services.items() if service.status is Status.DOWN),
        MOST_SERVICES,
    )
    jobs = known_jobs(snapshot)
    counts = job_figures(snapshot, jobs)
    plain = panel(
        "ingestion",
        "Ingestion",
        snapshot,
        "jobs",
        (*counts, *_worker(snapshot)),
        status=health.status if health else None,
        message=clean(" · ".join(troubles)),
    )
    queue = chart("ingestion_queue", "Queue", "count", {figure.label: figure for figure in counts[1::-1]})
    failed = chart("ingestion_failed", "Failed jobs", "count", {counts[-1].label: counts[-1]})
    return extended(
        IngestionPanel,
        replace(plain, charts=(queue, failed)),
        jobs=jobs_view(snapshot, jobs),
        heartbeats=heartbeats(snapshot),
        services=services_view(snapshot),
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
        _last_beat(snapshot),
        _words(
            "ingestion.activity",
            "Activity",
            snapshot,
            "ingestion_worker",
            activity.activity if activity else None,
        ),
    )


def _last_beat(snapshot: Snapshot) -> Figure:
    """As reported; once the backend no longer lists the worker, from what it told before."""
    told, state = figure(_LAST_BEAT, snapshot), snapshot.sources.get(_LAST_BEAT.source)
    if told.display != "not_reported" or state is None or not state.last_beat_at:
        return told
    kept = replace(
        told,
        display=snapshot.display(_LAST_BEAT.source),
        note=state.reason,
        origin="derived",
        origin_note="The backend no longer lists the worker: counted from the last beat it told of.",
    )
    return with_value(kept, max(0.0, state.received_at - state.last_beat_at), "duration")


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
