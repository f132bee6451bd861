"""The jobs of ingestion for the page, and the table of them for files and scripts."""

from collections.abc import Sequence
from dataclasses import replace

from ops_dashboard.domain.actions import Run
from ops_dashboard.domain.jobs.fold import jobs_of
from ops_dashboard.domain.jobs.job import Job, JobStatus
from ops_dashboard.domain.jobs.kinds import INGESTING, REINDEXING_FAILED
from ops_dashboard.domain.jobs.repo_url import address
from ops_dashboard.domain.metrics.ingestion import JobsReport
from ops_dashboard.domain.snapshot import Snapshot
from ops_dashboard.domain.views.action import action_view
from ops_dashboard.domain.views.job_figures import capacity, how_folded, queue_bar, unread
from ops_dashboard.domain.views.job_rows import NO_REPOSITORY, job_rows, reindexable
from ops_dashboard.domain.views.jobs import JOBS_KEY, JOBS_TITLE, JobsView, Submission, SubmissionState
from ops_dashboard.domain.views.table import Cell, Column, TableSpec, table_view

SUBMISSIONS_SHOWN = 5
EMPTY = "No job was submitted yet. Submit a repository to see it here."


def known_jobs(snapshot: Snapshot) -> tuple[Job, ...] | None:
    """The jobs of the history, newest first; None where there is no history."""
    report = snapshot.report("jobs", JobsReport)
    return None if report is None or report.entries is None else jobs_of(report, snapshot.at)


_LISTED_WITHIN_SECONDS = 60.0
"""For so long the history may not list yet what was submitted; and a clock of the backend may be slow."""
_FOLLOWED: dict[JobStatus, SubmissionState] = {
    JobStatus.PENDING: "done",
    JobStatus.PROCESSING: "running",
    JobStatus.COMPLETED: "done",
    JobStatus.FAILED: "failed",
    JobStatus.SKIPPED: "ended",
    JobStatus.CANCELLED: "ended",
    JobStatus.UNKNOWN: "unknown",
}
_NOT_LISTED = "The job history does not list it any more: what became of it is not known."


def jobs_view(snapshot: Snapshot, jobs: tuple[Job, ...] | None) -> JobsView:
    """All that the page shows of ``jobs``, which are those of :func:`known_jobs`."""
    queue = queue_bar(snapshot, jobs)
    return JobsView(
        rows=job_rows(snapshot, jobs or ()),
        display=queue.display if jobs is None else snapshot.display("jobs"),
        note=queue.note if jobs is None else snapshot.sources["jobs"].reason,
        empty=EMPTY,
        folded=" ".join(filter(None, (how_folded(snapshot, jobs or ()), unread(snapshot)))),
        queue=queue,
        capacity=capacity(snapshot),
        table=table_view(JOBS, snapshot),
        submissions=tuple(
            _submission(run, snapshot, jobs) for run in snapshot.submissions[: -SUBMISSIONS_SHOWN - 1 : -1]
        ),
        ingest=action_view(INGESTING, snapshot),
        reindex_failed=action_view(REINDEXING_FAILED, snapshot),
        reindexable=tuple(job.key for job in reindexable(snapshot, jobs or ())),
    )


def _submission(run: Run, snapshot: Snapshot, jobs: Sequence[Job] | None) -> Submission:
    """How a submission went; once it is queued, how its job does."""
    plain = _as_sent(run)
    if jobs is None or run.state not in ("done", "unknown"):
        return plain
    job = _job_of(run, jobs)
    if job is None:
        read_at = snapshot.sources["jobs"].received_at
        if run.state == "unknown" or read_at - run.ended_at <= _LISTED_WITHIN_SECONDS:
            return plain
        return replace(plain, state="unknown", word="No longer listed", sentence=_NOT_LISTED, advice="")
    if job.status is JobStatus.PENDING:
        return plain if run.state == "done" else replace(plain, state="done", word="Queued", sentence="")
    why = f": {job.error}" if job.error else "."
    return replace(
        plain,
        state=_FOLLOWED[job.status],
        word=job.status.word,
        sentence=f"{job.status.word}{why}",
        advice="",
    )


def _job_of(run: Run, jobs: Sequence[Job]) -> Job | None:
    """The job that came of a submission: by its id, else the first of its repository since then."""
    if run.ending.job_id:
        same = next((job for job in jobs if job.id == run.ending.job_id), None)
        if same is not None:
            return same
    since = run.began_at - _LISTED_WITHIN_SECONDS
    later = [
        job
        for job in jobs
        if address(job.repo) == run.target and (job.open if job.first_at is None else job.first_at >= since)
    ]
    return min(later, key=lambda job: abs((job.first_at or run.began_at) - run.began_at), default=None)


def _as_sent(run: Run) -> Submission:
    return Submission(
        key=f"{run.target} {run.number}",
        repo=run.target,
        at=run.began_at,
        by=run.by,
        state=run.state,
        word=INGESTING.words[run.state],
        sentence=run.ending.sentence,
        advice=run.ending.advice,
    )


def _rows(report: JobsReport) -> list[tuple[Cell, ...]] | None:
    if report.entries is None:
        return None
    return [
        (
            job.repo or NO_REPOSITORY,
            job.status.value,
            job.submitted_at,
            job.started_at,
            job.finished_at,
            job.duration,
            job.files,
            job.embeddings,
            job.error or None,
            job.worker or None,
            job.id or None,
        )
        for job in jobs_of(report, 0.0)
    ]


JOBS = TableSpec(
    key=JOBS_KEY,
    title=JOBS_TITLE,
    source="jobs",
    columns=(
        Column("repo", "Repository", "code"),
        Column("status", "Status"),
        Column("submitted", "Submitted", "moment"),
        Column("started", "Started", "moment"),
        Column("finished", "Finished", "moment"),
        Column("duration", "Duration", "number", "duration"),
        Column("files", "Files", "number", "count"),
        Column("embeddings", "Embeddings", "number", "count"),
        Column("error", "Error"),
        Column("worker", "Worker"),
        Column("id", "Job id", "code"),
    ),
    rows=_rows,
    empty=EMPTY,
)
