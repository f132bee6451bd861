"""The jobs of ingestion as the page shows them."""

from typing import Any

import pytest

from ops_dashboard.backend.capabilities import read_capabilities
from ops_dashboard.backend.features import offers
from ops_dashboard.domain.actions import Ending, Run
from ops_dashboard.domain.metrics.ingestion import JobsReport
from ops_dashboard.domain.snapshot import Contact
from ops_dashboard.domain.views.action import NOT_KNOWN_YET, OUT_OF_REACH
from ops_dashboard.domain.views.job_history import EMPTY, JOBS
from ops_dashboard.domain.views.jobs import JobRow, JobsView
from tests.bodies import demo_bodies, recorded
from tests.snapshots import NOW, failing, page, read

INGEST = "/api/v1/ingestion/ingest/{repo_url}"
CANCEL = "/api/v1/ingestion/jobs/{job_id}/cancel"
RETRY = "/api/v1/ingestion/jobs/{job_id}/retry"
ALL = (INGEST, CANCEL, RETRY)


def view(jobs: object, *paths: str, **changes: Any) -> JobsView:
    """The jobs of a backend with this history that offers these calls."""
    openapi = {"paths": {path: {"post": {}} for path in paths or ALL}}
    given = {"openapi": openapi} if jobs is None else {"openapi": openapi, "jobs": jobs}
    return page(given, offers=offers(read_capabilities(openapi)), **changes).ingestion.jobs


def job(status: str, ago: float = 60, repo: str = "github.com/acme/core", **more: Any) -> dict[str, Any]:
    return {"job_id": "7", "repo_url": repo, "status": status, "timestamp": NOW - ago, **more}


def row(*entries: dict[str, Any], paths: tuple[str, ...] = ALL) -> JobRow:
    return view(list(entries), *paths).rows[0]


def test_each_job_has_a_row_ready_to_be_shown() -> None:
    shown = row(
        job("complete", files_processed=1234, embeddings_generated=5, duration_seconds=75, worker="gpu")
    )
    assert (shown.repo, shown.status, shown.word, shown.finished_at) == (
        "github.com/acme/core",
        "completed",
        "Completed",
        NOW - 60,
    )
    assert (shown.duration_text, shown.files, shown.embeddings, shown.worker) == (
        "1 min 15 s",
        "1,234",
        "5",
        "gpu",
    )


def test_what_is_not_known_is_empty_and_not_zero() -> None:
    shown = row({"status": "odd"})
    assert (shown.repo, shown.duration_text, shown.files, shown.embeddings) == ("(not told)", "", "", "")
    assert (shown.submitted_at, shown.started_at, shown.finished_at, shown.running) == (0, 0, 0, False)


def test_a_running_job_counts_up_and_says_when_it_is_stuck() -> None:
    assert row(job("processing", 60)).running and row(job("processing", 60)).stuck == ""
    assert row(job("processing", 3_600)).stuck.startswith("It takes longer than the 30 min")
    assert not row({"job_id": "7", "status": "processing"}).running


@pytest.mark.parametrize(
    ("entry", "paths", "reindex", "cancel"),
    [
        (job("failed"), ALL, "", "It has ended."),
        (job("cancelled"), ALL, "", "It is cancelled."),
        (job("pending"), ALL, "It is waiting already.", ""),
        (job("processing"), ALL, "It is being worked on.", ""),
        (job("failed"), (INGEST,), "", "It has ended."),
        (job("pending"), (INGEST,), "It is waiting already.", "This backend has no call to cancel a job."),
        (job("failed"), (CANCEL,), "This backend has no call to ingest a repository.", "It has ended."),
        (job("failed", job_id=None), (RETRY,), "This backend can only retry a job that has an id", "It has"),
        (job("failed", repo="unknown"), (INGEST,), "The backend does not tell its repository", "It has"),
        (
            job("failed", repo="file:///etc"),
            (INGEST,),
            "The backend tells its repository in a form",
            "It has",
        ),
        (job("failed", job_id=".."), ALL, "", "It has ended."),
        (job("pending", job_id=".."), ALL, "It is waiting", "This backend gives the job no id"),
        (job("pending", job_id="a/../b"), ALL, "It is waiting", "This backend gives the job no id"),
        (job("pending", job_id=None), ALL, "It is waiting", "This backend gives the job no id"),
    ],
)
def test_what_cannot_be_done_about_a_job_says_why(
    entry: dict[str, Any], paths: tuple[str, ...], reindex: str, cancel: str
) -> None:
    shown = row(entry, paths=paths)
    assert shown.reindex.startswith(reindex) and bool(shown.reindex) == bool(reindex)
    assert shown.cancel.startswith(cancel) and bool(shown.cancel) == bool(cancel)


def test_nothing_can_be_done_before_anything_is_known_nor_out_of_reach() -> None:
    (early,) = page({"jobs": [job("failed")]}).ingestion.jobs.rows
    assert early.reindex == NOT_KNOWN_YET
    lost = view([job("failed")], contact=Contact(lost=True))
    assert (lost.rows[0].reindex, lost.ingest.barred, lost.display) == (OUT_OF_REACH, OUT_OF_REACH, "stale")


def test_the_failed_jobs_are_offered_together_one_of_each_repository_and_none_that_went_well_since() -> None:
    entries = [
        job("failed", 1, job_id="1"),
        job("failed", 2, job_id="2"),
        job("completed", 3, "b", job_id="3"),
        job("failed", 4, "b", job_id="4"),
        job("failed", 5, "c", job_id="5"),
        job("pending", 6, "c", job_id="6"),
        job("cancelled", 7, "d", job_id="7"),
    ]
    assert view(entries).reindexable == ("id 1",)


@pytest.mark.parametrize(
    ("run", "status", "state"),
    [
        (Run("cancel_job", "id 7", 1, "ana", NOW - 1), "processing", "running"),
        (
            Run("cancel_job", "id 7", 1, "ana", NOW - 2, NOW - 1, Ending("done", "Done.")),
            "processing",
            "running",
        ),
        (
            Run("cancel_job", "id 7", 1, "ana", NOW - 99, NOW - 98, Ending("done", "Done.")),
            "processing",
            "unknown",
        ),
        (
            Run("cancel_job", "id 7", 1, "ana", NOW - 2, NOW - 1, Ending("failed", "No.")),
            "processing",
            "failed",
        ),
        (Run("cancel_job", "id 7", 1, "ana", NOW - 2, NOW - 1, Ending("done", "Done.")), "cancelled", "idle"),
        (Run("reindex", "id 7", 1, "ana", NOW - 1), "failed", "running"),
        (Run("reindex", "id 7", 1, "ana", NOW - 2, NOW - 1, Ending("unknown", "?")), "failed", "unknown"),
    ],
)
def test_a_row_tells_of_the_newest_action_on_it(run: Run, status: str, state: str) -> None:
    (shown,) = view([job(status)], runs=(run,)).rows
    assert shown.run.state == state


def test_the_bar_has_exact_counts_and_every_status_that_occurs() -> None:
    entries = [
        job(status, number, job_id=str(number))
        for number, status in enumerate(["failed", "skipped", "failed"])
    ]
    parts = {part.key: part.text for part in view(entries).queue.parts}
    assert parts == {"pending": "0", "processing": "0", "completed": "0", "failed": "2", "skipped": "1"}


def test_the_five_displays() -> None:
    assert (view(None).display, view(None).rows) == ("waiting", ())
    assert view({"jobs": None}).display == "not_reported"
    failed = view(None, states=[failing("jobs", "is not able to answer")])
    assert (failed.display, failed.note) == ("waiting", "is not able to answer")
    old = view(None, states=[read("jobs", [job("failed")], failures=2, reason="gave no answer")])
    assert (old.display, old.note, len(old.rows)) == ("stale", "gave no answer", 1)
    assert (view([]).display, view([]).empty, view([]).rows) == ("value", EMPTY, ())


def test_a_history_without_ids_says_that_its_jobs_are_put_together() -> None:
    busy = view(recorded("all-up-busy", "jobs"))
    assert busy.folded.startswith("This backend gives jobs no id: the latest 10 entries")
    assert view(demo_bodies()["jobs"]).folded == ""


def test_the_table_has_every_job_with_all_that_is_known() -> None:
    body = demo_bodies()["jobs"]
    rows = JOBS.rows(JobsReport.model_validate(body)) or []
    assert len(rows) == len(body) and {len(one) for one in rows} == {len(JOBS.columns)}
    assert {one[-1] for one in rows} == {one["job_id"] for one in body}
    assert JOBS.rows(JobsReport.model_validate({})) is None
