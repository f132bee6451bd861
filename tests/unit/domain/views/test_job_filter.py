"""Looking through the job history: what is found, in which order, on which page."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops_dashboard.domain.views.job_filter import PAGE_ROWS, SORTS, STATUSES, JobFilter, jobs_page
from ops_dashboard.domain.views.jobs import JobRow

NOW = 1_800_000_000.0


def row(key: str, status: str = "completed", **told: Any) -> JobRow:
    return JobRow(key, told.pop("repo", f"github.com/acme/{key}"), status, status.capitalize(), **told)


ROWS = (
    row("a", "failed", submitted_at=NOW - 50, duration=9.0, error="CUDA out of memory", id="job-7"),
    row("b", "processing", submitted_at=NOW - 40, started_at=NOW - 30, running=True, worker="edge-gpu-1"),
    row("c", "pending", submitted_at=NOW - 20),
    row("d", "processing", submitted_at=NOW - 900, started_at=NOW - 800, running=True, stuck="Too long."),
    row("e", "completed", told_at=NOW - 10, duration=60.0),
)
rows = st.lists(
    st.builds(
        JobRow,
        key=st.text(max_size=3),
        repo=st.sampled_from(("github.com/a/x", "GitLab.com/b/y", "(not told)")),
        status=st.sampled_from(("pending", "failed", "odd")),
        word=st.just(""),
        submitted_at=st.sampled_from((0.0, NOW - 5, NOW)),
        started_at=st.sampled_from((0.0, NOW - 3)),
        running=st.booleans(),
        duration=st.sampled_from((0.0, 7.0)),
        worker=st.sampled_from(("", "w")),
    ),
    max_size=70,
)


def keys(wanted: JobFilter, offset: int = 0) -> str:
    return "".join(row.key for row in jobs_page(ROWS, wanted, offset, NOW).rows)


def test_the_newest_come_first_by_the_best_time_known():
    assert keys(JobFilter()) == "ecbad"


@pytest.mark.parametrize(
    ("status", "found"),
    [("all", "ecbad"), ("failed", "a"), ("processing", "bd"), ("stuck", "d"), ("skipped", "")],
)
def test_one_status_is_looked_for(status: str, found: str):
    assert keys(JobFilter().only(status)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ACME/b", "b"),
        ("cuda memory", "a"),
        ("job-7", "a"),
        ("edge-gpu", "b"),
        ("cuda edge", ""),
        ("  ", "ecbad"),
    ],
)
def test_all_words_must_stand_somewhere_in_the_row(text: str, found: str):
    assert keys(JobFilter().naming(text)) == found


def test_a_running_job_is_sorted_by_the_time_that_it_has_run_so_far():
    longest = JobFilter().by("duration")
    assert (keys(longest), keys(longest.by("duration"))) == ("debac", "abedc")


def test_what_is_missing_stands_last_in_both_directions():
    by_worker = JobFilter().by("worker")
    assert keys(by_worker)[0] == keys(by_worker.by("worker"))[0] == "b"


@pytest.mark.parametrize(
    "bad", [None, 3, "", "rank", ["repo"], {}, "x" * 10_000], ids=lambda bad: repr(bad)[:9]
)
def test_a_choice_that_there_is_not_changes_nothing(bad: Any):
    assert JobFilter().only(bad) == JobFilter().by(bad) == JobFilter()


@given(rows, st.sampled_from(STATUSES), st.sampled_from(SORTS), st.booleans())
def test_the_pages_together_are_what_was_found_and_nothing_twice(
    jobs: list[JobRow], status: str, sort: str, descending: bool
):
    wanted = JobFilter(status, "", sort, descending)
    first = jobs_page(jobs, wanted, 0, NOW)
    pages = [jobs_page(jobs, wanted, offset, NOW) for offset in range(0, first.found or 1, PAGE_ROWS)]
    shown = [row for page in pages for row in page.rows]
    expected = [r for r in jobs if status in ("all", r.status) or (status == "stuck" and r.stuck)]
    assert sorted(map(repr, shown)) == sorted(map(repr, expected))
    assert all(len(page.rows) <= PAGE_ROWS for page in pages)


@given(rows, st.integers(-1000, 1000))
def test_beyond_the_last_page_is_the_last_page(jobs: list[JobRow], offset: int):
    page = jobs_page(jobs, JobFilter(), offset, NOW)
    assert page.rows or not jobs
    assert 0 <= page.offset <= max(0, len(jobs) - 1) and page.offset % PAGE_ROWS == 0
