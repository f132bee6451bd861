"""Each job as its row shows it: with what can be done about it, and what came of it."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from ops_dashboard.domain.jobs.actions import JobAction, repositories_under_way, why_not
from ops_dashboard.domain.jobs.calls import cancel_call, reindex_call
from ops_dashboard.domain.jobs.job import Job, JobStatus
from ops_dashboard.domain.jobs.kinds import CANCELLING, REINDEXING
from ops_dashboard.domain.snapshot import Snapshot
from ops_dashboard.domain.units import duration, quantity
from ops_dashboard.domain.views.action import ActionView, action_view
from ops_dashboard.domain.views.jobs import JobRow

NO_REPOSITORY = "(not told)"
CONFIRM_SECONDS = 60.0
"""For so long after its answer a backend is given to show a job as cancelled; then the row says it does not."""

_QUEUED = "Its repository was queued again already."
_CALLS = {"reindex": reindex_call, "cancel": cancel_call}


def job_rows(snapshot: Snapshot, jobs: Sequence[Job]) -> tuple[JobRow, ...]:
    """One row for each job, in the same order."""
    under_way = repositories_under_way(jobs)
    return tuple(_row(job, snapshot, under_way) for job in jobs)


def reindexable(snapshot: Snapshot, jobs: Sequence[Job]) -> tuple[Job, ...]:
    """The failed jobs that can be indexed again now, newest first and one of each repository."""
    under_way = repositories_under_way(jobs)
    newest: dict[str, Job] = {}
    for job in jobs:
        newest.setdefault(job.repo or job.key, job)
    failed = (job for job in newest.values() if job.status is JobStatus.FAILED)
    return tuple(job for job in failed if not why_barred("reindex", job, snapshot, under_way))


def why_barred(action: JobAction, job: Job, snapshot: Snapshot, under_way: Collection[str]) -> str:
    """Why ``action`` cannot be taken on ``job`` now: a sentence, empty while it can."""
    if why := why_not(action, job, under_way):
        return why
    if action == "reindex" and action_view(REINDEXING, snapshot, job.key).state == "done":
        return _QUEUED  # should that have failed too, there is a newer job
    call = _CALLS[action](job, snapshot)
    return call if isinstance(call, str) else ""


def _row(job: Job, snapshot: Snapshot, under_way: Collection[str]) -> JobRow:
    running = job.status is JobStatus.PROCESSING and job.started_at is not None
    return JobRow(
        key=job.key,
        repo=job.repo or NO_REPOSITORY,
        status=job.status.value,
        word=job.status.word,
        id=job.id,
        submitted_at=job.submitted_at or 0.0,
        started_at=job.started_at or 0.0,
        finished_at=job.finished_at or 0.0,
        told_at=job.told_at or 0.0,
        running=running,
        duration=job.duration or 0.0,
        duration_text="" if job.duration is None else duration(job.duration),
        files=_count(job.files),
        embeddings=_count(job.embeddings),
        error=job.error,
        worker=job.worker,
        stuck=job.stuck,
        reindex=why_barred("reindex", job, snapshot, under_way),
        cancel=why_barred("cancel", job, snapshot, under_way),
        run=_run(job, snapshot),
    )


def _run(job: Job, snapshot: Snapshot) -> ActionView:
    """The newest action on the job; idle once the history shows what came of it."""
    cancel = action_view(CANCELLING, snapshot, job.key)
    if not job.open:
        again = action_view(REINDEXING, snapshot, job.key)
        return again if cancel.state != "running" else cancel
    if cancel.state != "done":
        return cancel
    if snapshot.at - cancel.at <= CONFIRM_SECONDS:
        return replace(cancel, state="running", word=CANCELLING.words["running"])
    return replace(
        cancel,
        state="unknown",
        word=CANCELLING.words["unknown"],
        sentence=f"{cancel.sentence} But it still lists the job as {job.status.value}.",
        advice=CANCELLING.if_unknown,
    )


def _count(value: float | None) -> str:
    return "" if value is None else quantity(value, "count").text
