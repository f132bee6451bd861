"""The jobs of ingestion for the page, and the table of them for files and scripts."""

from ops_dashboard.domain.actions import Run
from ops_dashboard.domain.jobs.fold import jobs_of
from ops_dashboard.domain.jobs.job import Job
from ops_dashboard.domain.jobs.kinds import INGESTING, REINDEXING_FAILED
from ops_dashboard.domain.metrics.ingestion import JobsReport
from ops_dashboard.domain.snapshot import Snapshot
from ops_dashboard.domain.views.action import action_view
from ops_dashboard.domain.views.job_figures import capacity, how_folded, queue_bar, unread
from ops_dashboard.domain.views.job_rows import NO_REPOSITORY, job_rows, reindexable
from ops_dashboard.domain.views.jobs import JOBS_KEY, JOBS_TITLE, JobsView, Submission
from ops_dashboard.domain.views.table import Cell, Column, TableSpec, table_view

SUBMISSIONS_SHOWN = 5
EMPTY = "No job was submitted yet. Submit a repository to see it here."


def known_jobs(snapshot: Snapshot) -> tuple[Job, ...] | None:
    """The jobs of the history, newest first; None where there is no history."""
    report = snapshot.report("jobs", JobsReport)
    return None if report is None or report.entries is None else jobs_of(report, snapshot.at)


def jobs_view(snapshot: Snapshot, jobs: tuple[Job, ...] | None) -> JobsView:
    """All that the page shows of ``jobs``, which are those of :func:`known_jobs`."""
    queue = queue_bar(snapshot, jobs)
    return JobsView(
        rows=job_rows(snapshot, jobs or ()),
        display=queue.display,
        note=queue.note,
        empty=EMPTY,
        folded=" ".join(filter(None, (how_folded(snapshot, jobs or ()), unread(snapshot)))),
        queue=queue,
        capacity=capacity(snapshot, jobs),
        table=table_view(JOBS, snapshot),
        submissions=tuple(map(_submission, snapshot.submissions[: -SUBMISSIONS_SHOWN - 1 : -1])),
        ingest=action_view(INGESTING, snapshot),
        reindex_failed=action_view(REINDEXING_FAILED, snapshot),
        reindexable=tuple(job.key for job in reindexable(snapshot, jobs or ())),
    )


def _submission(run: Run) -> Submission:
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
