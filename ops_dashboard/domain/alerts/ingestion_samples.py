"""The samples about ingestion: its worker, and its jobs as far as their history tells."""

from collections.abc import Iterator, Sequence

from ops_dashboard.domain.alerts.sample import Key, Sample
from ops_dashboard.domain.metrics.ingestion import (
    HeartbeatReport,
    IngestionWorkerReport,
    JobEntry,
    JobsReport,
)
from ops_dashboard.domain.snapshot import Snapshot
from ops_dashboard.domain.status import TROUBLED, Status, status_of

FAILED_WITHIN_SECONDS = 3600.0
_NO_NAME = ("", "unknown")


def ingestion_samples(snapshot: Snapshot) -> Iterator[Sample]:
    """Of the worker, and of failed and stuck jobs."""
    yield _of_worker(snapshot)
    report, display = snapshot.report("jobs", JobsReport), snapshot.display("jobs")
    state = snapshot.sources.get("jobs")
    at, fresh = (state.received_at if state else 0.0), display == "value"
    jobs = _latest(report.entries) if report and report.entries is not None else None
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
    detail = (words.activity or "") if words and status in TROUBLED else ""
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


def _latest(entries: Sequence[JobEntry]) -> list[JobEntry]:
    """The newest entry of each repository: a history has the newest first, and one entry per change of state.

    An entry that names no repository is taken for itself.
    """
    latest: dict[str | int, JobEntry] = {}
    for number, entry in enumerate(entries):
        latest.setdefault(_name(entry) or entry.job_id or number, entry)
    return list(latest.values())


def _failed(jobs: list[JobEntry], now: float) -> int:
    """Those that failed lately; one whose time is not told may have."""
    failed = (job for job in jobs if (job.status or "").lower() == "failed")
    return sum(job.at is None or now - job.at <= FAILED_WITHIN_SECONDS for job in failed)


def _longest(jobs: list[JobEntry], now: float) -> float | None:
    """Seconds for which the slowest job has been worked on; None where jobs run whose beginning nobody tells.

    An entry without any name is left out: its end would be an entry of its own, and not be recognised.
    """
    running = [job for job in jobs if (job.status or "").lower() == "processing"]
    since = [job.at for job in running if _name(job) or job.job_id]
    known = [max(0.0, now - at) for at in since if at is not None]
    return max(known) if known else None if since else 0.0


def _name(job: JobEntry) -> str | None:
    name = (job.repo_url or "").strip()
    return None if name.lower() in _NO_NAME else name
