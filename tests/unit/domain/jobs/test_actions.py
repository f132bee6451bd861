"""What can be done about a job: the table, cell by cell."""

from dataclasses import replace

import pytest

from ops_dashboard.domain.jobs.actions import WHY_NOT, JobAction, repositories_under_way, why_not
from ops_dashboard.domain.jobs.job import Job, JobStatus

ALLOWED = {
    ("reindex", JobStatus.PENDING): False,
    ("reindex", JobStatus.PROCESSING): False,
    ("reindex", JobStatus.COMPLETED): False,
    ("reindex", JobStatus.FAILED): True,
    ("reindex", JobStatus.SKIPPED): False,
    ("reindex", JobStatus.CANCELLED): True,
    ("reindex", JobStatus.UNKNOWN): False,
    ("cancel", JobStatus.PENDING): True,
    ("cancel", JobStatus.PROCESSING): True,
    ("cancel", JobStatus.COMPLETED): False,
    ("cancel", JobStatus.FAILED): False,
    ("cancel", JobStatus.SKIPPED): False,
    ("cancel", JobStatus.CANCELLED): False,
    ("cancel", JobStatus.UNKNOWN): False,
}


def test_the_table_has_every_cell() -> None:
    assert {(action, status) for action, row in WHY_NOT.items() for status in row} == set(ALLOWED)
    assert len(ALLOWED) == 2 * len(JobStatus)


@pytest.mark.parametrize(("action", "status"), ALLOWED, ids=lambda value: str(value))
def test_each_cell(action: JobAction, status: JobStatus) -> None:
    why = why_not(action, Job("k", "7", "a", status))
    assert (why == "") == ALLOWED[action, status]
    assert why == "" or (why[0].isupper() and why.endswith("."))


def test_a_stuck_job_can_be_cancelled_and_not_queued_a_second_time() -> None:
    stuck = Job("k", "7", "a", JobStatus.PROCESSING, stuck="It takes far longer than usual.")
    assert why_not("cancel", stuck) == ""
    assert why_not("reindex", stuck) != ""


@pytest.mark.parametrize(
    ("other", "allowed"),
    [
        (JobStatus.PENDING, False),
        (JobStatus.PROCESSING, False),
        (JobStatus.COMPLETED, True),
        (JobStatus.FAILED, True),
        (JobStatus.UNKNOWN, True),
    ],
)
def test_a_repository_that_is_under_way_is_not_queued_twice(other: JobStatus, allowed: bool) -> None:
    failed = Job("k", "7", "a", JobStatus.FAILED)
    under_way = repositories_under_way([failed, replace(failed, key="l", status=other)])
    assert (why_not("reindex", failed, under_way) == "") == allowed
    assert why_not("reindex", replace(failed, repo="b"), under_way) == ""


def test_repositories_that_nobody_names_are_not_the_same() -> None:
    nameless = Job("k", "7", "", JobStatus.PENDING)
    assert repositories_under_way([nameless]) == frozenset()
