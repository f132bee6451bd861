"""The samples about ingestion: its worker, and its jobs as far as their history tells."""

from collections.abc import Iterator, Sequence

from ops_dashboard.domain.alerts.sample import Key, Sample
from ops_dashboard.domain.jobs.job import Job, JobStatus
from ops_dashboard.domain.jobs.stuck import running_seconds
from ops_dashboard.domain.metrics.ingestion import (
    HeartbeatReport,
    IngestionWorkerReport,
)
from ops_dashboard.domain.snapshot import Snapshot
from ops_dashboard.domain.status import TROUBLED, Status, status_of
from ops_dashboard.domain.views.job_history import known_jobs

FAILED_WITHIN_SECONDS = 3600.0


def ingestion_samples(snapshot: Snapshot) -> Iterator[Sample]:
    """Of the worker, and of failed and stuck jobs."""
    yield _of_worker(snapshot)
    state = snapshot.sources.get("jobs")
    at, fresh = (state.received_at if state else 0.0), snapshot.display("jobs") == "value"
    jobs = known_jobs(snapshot)
    failed = None if jobs is None else float(_failed(jobs, snapshot.at))
    yield Sample(Key("jobs_failed"), failed, at, fresh)
    yield Sample(Key("job_stuck"), None if jobs is None else _longest(jobs, snapshot.at), at, fresh)


def _of_worker(snapshot: Snapshot) -> Sample:
    """By its heartbeat; by its own words where the backend tells of no heartbeat."""
    beat = snapshot.report("ingestion_heartbeat", HeartbeatReport)
    source = "ingestion_worker" if beat is None else "ingestion_heartbeat"
    state = snapshot.sources.get(source)
    words = snapshot.report("ingestion_worker", IngestionWorkerReport)
    status = _by_words(words) if beat is None else _by_heartbeat(beat)
    fresh = snapshot.display(source) == "value"
    # What it works on just now is no reason; only its own words of trouble are.
    detail = (words.activity or "") if words and status in TROUBLED and _by_words(words) in TROUBLED else ""
    return Sample(Key("ingestion_worker"), status, state.received_at if state else 0.0, fresh, detail)


def _by_heartbeat(beat: HeartbeatReport) -> Status | None:
    if beat.state not in (None, Status.UNKNOWN) or None in (
        beat.seconds_since_last_seen,
        beat.threshold_seconds,
    ):
        return beat.state
    silent = (beat.seconds_since_last_seen or 0.0) > (beat.threshold_seconds or 0.0)
    return Status.DOWN if silent else Status.HEALTHY


def _by_words(report: IngestionWorkerReport | None) -> Status | None:
    """ "Offline" and "Error: ..." are bad; any other activity is a sign of life."""
    if report is None or report.activity is None:
        return None
    status = status_of(report.activity.partition(":")[0])
    return status if status in TROUBLED else Status.HEALTHY


def _latest(jobs: Sequence[Job]) -> list[Job]:
    """The newest job of each repository; a job that names none is taken for itself."""
    latest: dict[str, Job] = {}
    for job in jobs:
        latest.setdefault(job.repo or job.key, job)
    return list(latest.values())


def _failed(jobs: Sequence[Job], now: float) -> int:
    """Those that failed lately; one whose time is not told may have."""
    failed = (job for job in _latest(jobs) if job.status is JobStatus.FAILED)
    return sum(job.told_at is None or now - job.told_at <= FAILED_WITHIN_SECONDS for job in failed)


def _longest(jobs: Sequence[Job], now: float) -> float | None:
    """Seconds for which the slowest job has been worked on; None where jobs run whose beginning nobody tells.

    A job without any name is left out: its end would be news of its own, and not be recognised.
    """
    running = [job for job in jobs if job.status is JobStatus.PROCESSING and (job.repo or job.id)]
    known = [seconds for job in running if (seconds := running_seconds(job, now)) is not None]
    return max(known) if known else None if running else 0.0
