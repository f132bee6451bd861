"""Which jobs are held to be stuck."""

from typing import Any

import pytest

from ops_dashboard.domain.alerts.defaults import DEFAULT_RULES
from ops_dashboard.domain.jobs.job import Job, JobStatus
from ops_dashboard.domain.jobs.stuck import LIMIT_SECONDS, usual_seconds, why_stuck

NOW = 1_800_000_000.0


def job(ago: float | None, status: JobStatus = JobStatus.PROCESSING, **more: Any) -> Job:
    started = None if ago is None else NOW - ago
    return Job(**{"key": "k", "id": "7", "repo": "a", "status": status, "started_at": started, **more})


def completed(*seconds: float) -> list[Job]:
    return [Job("k", "7", "a", JobStatus.COMPLETED, duration=one) for one in seconds]


@pytest.mark.parametrize(
    ("jobs", "usual"),
    [
        ([], None),
        (completed(10, 20), None),
        (completed(10, 20, 900), 20),
        (completed(10, 20, 30, 40), 25),
        ([*completed(10, 20, 30), job(5), Job("k", "", "", JobStatus.FAILED, duration=9_000)], 20),
        ([*completed(10, 20), Job("k", "", "", JobStatus.COMPLETED)], None),
    ],
)
def test_what_is_usual_is_the_middle_of_the_completed_ones(jobs: list[Job], usual: float | None) -> None:
    assert usual_seconds(jobs) == usual


@pytest.mark.parametrize(
    ("one", "usual", "why"),
    [
        (job(300), 100, ""),
        (job(301), 100, "It takes far longer than usual: jobs usually take 1 min 40 s."),
        (job(50), 5, ""),
        (job(61), 5, "It takes far longer than usual: jobs usually take 5 s."),
        (job(1800), None, ""),
        (job(1801), None, "It takes longer than the 30 min that a job may be expected to take."),
        (job(1801), 1200, "It takes longer than the 30 min that a job may be expected to take."),
        (job(None), 5, ""),
        (job(-9), 5, ""),
        (job(9_999, id="", repo=""), 5, ""),
        *((job(9_999, status), 5, "") for status in JobStatus if status is not JobStatus.PROCESSING),
    ],
)
def test_a_job_is_stuck_that_takes_three_times_as_long_as_usual_or_too_long(
    one: Job, usual: float | None, why: str
) -> None:
    assert why_stuck(one, usual, NOW) == why


def test_the_limit_is_that_of_the_alert() -> None:
    rule = next(rule for rule in DEFAULT_RULES if rule.id == "job_stuck")
    assert [level.at for level in rule.levels] == [LIMIT_SECONDS]
