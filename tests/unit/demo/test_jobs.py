"""The ingestion queue and its worker."""

from itertools import pairwise

import pytest

from ops_dashboard.demo.jobs import MAX_QUEUE_SIZE, JobBoard
from ops_dashboard.demo.noise import Noise
from ops_dashboard.demo.repo_urls import MAX_LENGTH, repository
from tests.unit.demo.conftest import START

HOST_REPO = "github.com/acme/tools"


def board(stress: float = 0.0, *, arrivals: bool = False) -> JobBoard:
    return JobBoard(Noise(7), START, lambda _: stress, arrivals=arrivals)


def test_a_job_waits_is_worked_on_and_ends() -> None:
    queue = board()
    job = queue.submit(HOST_REPO, START)
    assert job is not None and job.status == "pending"
    assert queue.running(START) is job
    assert job.status == "processing" and job.planned_seconds > 0
    queue.advance(START + job.planned_seconds)
    assert job.status in ("completed", "failed")
    assert job.finished_at == START + job.planned_seconds


def test_one_job_at_a_time_in_the_order_they_came() -> None:
    queue = board()
    jobs = [queue.submit(HOST_REPO, START) for _ in range(3)]
    queue.advance(START + 600)
    spans = [(job.started_at, job.finished_at) for job in jobs if job]
    assert all(a[1] is not None and a[1] == b[0] for a, b in pairwise(spans))


def test_a_full_queue_takes_no_more() -> None:
    queue = board()
    queue.set_offline(True, START)
    assert all(queue.submit(HOST_REPO, START) for _ in range(MAX_QUEUE_SIZE))
    assert queue.submit(HOST_REPO, START) is None


@pytest.mark.parametrize("running", [True, False])
def test_a_cancelled_job_ends_at_once_and_the_next_begins(running: bool) -> None:
    queue = board()
    first, second = queue.submit(HOST_REPO, START), queue.submit(HOST_REPO, START)
    assert first and second
    target, other = (first, second) if running else (second, first)
    assert queue.cancel(target, START + 1)
    assert (target.status, target.finished_at) == ("cancelled", START + 1)
    assert queue.running(START + 2) is other
    assert not queue.cancel(target, START + 3)


def test_a_worker_that_went_away_loses_its_job_and_goes_on_with_the_next() -> None:
    queue = board()
    first, second = queue.submit(HOST_REPO, START), queue.submit(HOST_REPO, START)
    queue.set_offline(True, START + 1)
    assert queue.running(START + 3_600) is first
    queue.set_offline(False, START + 3_601)
    assert first and first.status == "failed" and first.error
    assert queue.running(START + 3_602) is second


def test_stress_makes_jobs_slower() -> None:
    quick, slow = board(), board(1.0)
    calm, stressed = quick.submit(HOST_REPO, START), slow.submit(HOST_REPO, START)
    quick.advance(START)
    slow.advance(START)
    assert calm and stressed and stressed.planned_seconds == 2 * calm.planned_seconds


def test_jobs_keep_coming_and_old_ones_are_forgotten() -> None:
    queue = board(arrivals=True)
    jobs = queue.newest_first(START + 2 * 86_400)
    assert len(jobs) == 200
    assert {"completed", "failed"} <= {job.status for job in jobs}
    assert jobs[0].submitted_at > START + 2 * 86_400 - 600


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("github.com/octocat/Hello-World", "github.com/octocat/Hello-World"),
        ("https://github.com/acme/tools.git", "github.com/acme/tools"),
        ("gitlab.example.org:8443/group/sub/repo/", "gitlab.example.org:8443/group/sub/repo"),
    ],
)
def test_it_accepts_plain_repository_addresses(address: str, expected: str) -> None:
    assert repository(address) == expected


@pytest.mark.parametrize(
    "address",
    [
        "",
        "github.com",
        "github.com/acme",
        "github.com/a/b;rm",
        "github.com/a/$(id)",
        "github.com/a/../b",
        "github.com/a/b\n",
        "github.com/a/b c",
        "user:secret@github.com/a/b",
        "https://user@github.com/a/b",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "data:text/html,x",
        "github.com/a/" + "b" * MAX_LENGTH,
    ],
)
def test_it_refuses_everything_else(address: str) -> None:
    with pytest.raises(ValueError, match=r"(?i)repository URL"):
        repository(address)
