"""Jobs made of the entries of a history."""

from collections.abc import Iterable, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops_dashboard.domain.jobs.fold import jobs_of
from ops_dashboard.domain.jobs.job import ENDED, Job, JobStatus, job_status
from ops_dashboard.domain.metrics.ingestion import JobsReport
from tests.bodies import demo_bodies, recorded

T0 = 1_800_000_000.0
REPO = "github.com/acme/core"


def fold(entries: Iterable[object], now: float = T0) -> tuple[Job, ...]:
    return jobs_of(JobsReport.model_validate(list(entries)), now)


def entry(status: str, at: float | None = None, repo: str | None = REPO, **more: Any) -> dict[str, Any]:
    """An entry ``at`` seconds after the beginning; without a time where that is None."""
    return {"repo_url": repo, "status": status, "timestamp": "" if at is None else T0 + at, **more}


def told(jobs: Sequence[Job]) -> list[tuple[Any, ...]]:
    """Status and moments of each job, from the beginning."""
    moments = ((j.submitted_at, j.started_at, j.finished_at) for j in jobs)
    return [
        (job.status.value, *(None if at is None else at - T0 for at in known))
        for job, known in zip(jobs, moments, strict=True)
    ]


FOLDED = [
    ([], []),
    ([entry("pending", 1)], [("pending", 1, None, None)]),
    ([entry("processing", 2), entry("pending", 1)], [("processing", 1, 2, None)]),
    (
        [entry("complete", 3), entry("processing", 2), entry("pending", 1)],
        [("completed", 1, 2, 3)],
    ),
    ([entry("failed", 3), entry("processing", 2)], [("failed", None, 2, 3)]),
    ([entry("cancelled", 3), entry("pending", 1)], [("cancelled", 1, None, 3)]),
    ([entry("skipped", 3)], [("skipped", None, None, 3)]),
    # Submitted again after it had failed: another job.
    (
        [entry("pending", 4), entry("failed", 3), entry("processing", 2), entry("pending", 1)],
        [("pending", 4, None, None), ("failed", 1, 2, 3)],
    ),
    # Submitted twice: the first is served first.
    (
        [entry("processing", 3), entry("pending", 2), entry("pending", 1)],
        [("pending", 2, None, None), ("processing", 1, 3, None)],
    ),
    # Told again while it goes on.
    ([entry("processing", 3), entry("processing", 2)], [("processing", None, 2, None)]),
    # Two ends at different times are the ends of two jobs.
    ([entry("failed", 3), entry("failed", 2)], [("failed", None, None, 3), ("failed", None, None, 2)]),
    # A word that says nothing is news of the job under way.
    ([entry("cloning", 3), entry("processing", 2)], [("unknown", None, 2, None)]),
    ([entry("completed", 4), entry("cloning", 3), entry("processing", 2)], [("completed", None, 2, 4)]),
    # No times: the order of the history, the newest first.
    ([entry("failed"), entry("processing"), entry("pending")], [("failed", None, None, None)]),
    ([entry("pending"), entry("failed")], [("pending", None, None, None), ("failed", None, None, None)]),
    ([entry("pending"), entry("pending")], [("pending", None, None, None)]),
    # Some times only.
    ([entry("completed", 9), entry("processing"), entry("pending", 1)], [("completed", 1, None, 9)]),
    # Repositories that nobody names.
    (
        [entry("completed", 2, "unknown"), entry("processing", 1, "unknown")],
        [("completed", None, None, 2), ("processing", None, 1, None)],
    ),
    ([entry("pending", 1, None), entry("pending", 1, None)], [("pending", 1, None, None)]),
    # A history that runs forwards.
    ([entry("pending", 1), entry("processing", 2), entry("failed", 3)], [("failed", 1, 2, 3)]),
    ([entry("pending", 1, "a"), entry("pending", None, "b"), entry("failed", None, "b"), entry("pending", 3, "c")],
     [("pending", 3, None, None), ("failed", None, None, None), ("pending", 1, None, None)]),
]  # fmt: skip


@pytest.mark.parametrize(("history", "expected"), FOLDED)
def test_changes_of_state_are_put_together(history: list[Any], expected: list[Any]) -> None:
    assert told(fold(history)) == expected


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        (
            [{"job_id": "7", "status": "processing", "submitted_at": T0 + 1, "started_at": T0 + 2}],
            [("processing", 1, 2, None)],
        ),
        (
            [{"job_id": 7, "status": "failed", "submitted_at": T0 + 1, "started_at": T0 + 2, "finished_at": T0 + 5}],
            [("failed", 1, 2, 5)],
        ),
        ([entry("completed", 3, job_id="7"), entry("pending", 1, job_id="7")], [("completed", 1, None, 3)]),
        ([entry("pending", job_id="7"), entry("failed", job_id="7"), entry("processing", job_id="7")],
         [("failed", None, None, None)]),
        # Taken up again under the same id: it goes on, since then.
        ([entry("processing", 9, job_id="7"), entry("failed", 5, job_id="7"), entry("processing", 2, job_id="7")],
         [("processing", None, 9, None)]),
        # One repository, two ids.
        ([entry("failed", 3, job_id="8"), entry("failed", 3, job_id="7")],
         [("failed", None, None, 3), ("failed", None, None, 3)]),
    ],
)  # fmt: skip
def test_an_id_makes_one_job(history: list[Any], expected: list[Any]) -> None:
    assert told(fold(history)) == expected


def test_all_that_is_told_of_a_job_is_kept() -> None:
    more = {"files_processed": 12, "embeddings_generated": 340, "worker": "gpu-1", "reason": "no room"}
    (job,) = fold([entry("failed", 9, error=None, **more), entry("processing", 2)])
    assert (job.files, job.embeddings, job.worker, job.error) == (12, 340, "gpu-1", "no room")
    assert (job.duration, job.told_at, job.id) == (7, T0 + 9, "")


@pytest.mark.parametrize(
    ("history", "seconds"),
    [
        ([entry("completed", 9, duration_seconds=3), entry("processing", 2)], 3),
        ([entry("completed", 9), entry("processing", 2)], 7),
        ([entry("completed", 9)], None),
        ([entry("processing", 2, duration_seconds=3)], None),
        ([{"job_id": "1", "status": "failed", "started_at": T0 + 9, "finished_at": T0 + 2}], None),
    ],
)
def test_a_duration_is_that_of_the_whole_work_or_none(history: list[Any], seconds: float | None) -> None:
    assert fold(history)[0].duration == seconds


@pytest.mark.parametrize("bad", ["\x00", " x", "x" * 81, "a\nb", True, 1.5, [1], {}, -(10**41)])
def test_an_id_that_could_not_be_sent_back_is_none(bad: object) -> None:
    (job,) = fold([entry("pending", 1, job_id=bad)])
    assert job.id == ""


def test_a_key_stays_while_the_job_moves_on() -> None:
    steps = [entry("pending", 1), entry("processing", 2), entry("completed", 3)]
    keys = {fold(steps[:number][::-1])[0].key for number in (1, 2, 3)}
    assert len(keys) == 1
    assert {fold([{**one, "job_id": "j"} for one in steps[:n]])[0].key for n in (1, 2, 3)} == {"id j"}


def test_keys_stay_apart_when_newer_jobs_come() -> None:
    before = fold([entry("failed", 3), entry("failed", 2)])
    after = fold([entry("pending", 4), entry("failed", 3), entry("failed", 2)])
    assert [job.key for job in after[1:]] == [job.key for job in before]
    assert len({job.key for job in after}) == 3


@pytest.mark.parametrize("condition", ["all-up-busy", "all-up-idle", "db-down"])
def test_the_recorded_histories_become_jobs(condition: str) -> None:
    body = recorded(condition, "jobs")
    jobs = jobs_of(JobsReport.model_validate(body), T0)
    assert len(jobs) == len(body["jobs"])  # all of repositories that nobody names
    assert {job.status for job in jobs} <= {JobStatus.PENDING}
    assert [job.submitted_at for job in jobs] == sorted((job.submitted_at or 0 for job in jobs), reverse=True)


def test_the_history_of_the_standard_dialect_is_taken_as_it_is() -> None:
    body = demo_bodies()["jobs"]
    jobs = fold(body)
    assert {job.id for job in jobs} == {one["job_id"] for one in body} and len(jobs) == len(body)
    by_id = {job.id: job for job in jobs}
    for one in body:
        job = by_id[one["job_id"]]
        assert (job.status.value, job.repo) == (one["status"], one["repo_url"])
        assert (job.started_at is None) == (one["started_at"] is None)
        assert (job.finished_at is None) == (one["finished_at"] is None)
        assert (job.worker, job.files) == (one["worker"] or "", one["files_processed"])


# Any history whatever

STATUSES = st.sampled_from(
    ["pending", "processing", "complete", "Failed", "skipped", "cancelled", "odd", "", None]
)
TIMES = st.integers(0, 60)
REPOS = st.sampled_from(["a", "b", "unknown", "", None])


def entries(times: st.SearchStrategy[Any], ids: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    one = st.builds(
        lambda status, at, repo, job_id: entry(status, at, repo, job_id=job_id), STATUSES, times, REPOS, ids
    )
    return st.lists(one, max_size=25)


TIMED = entries(TIMES, st.none() | st.sampled_from(["1", "2", 3]))
ANY = entries(st.none() | TIMES, st.none() | st.sampled_from(["1", "2", 3]))


@given(ANY)
def test_keys_are_unique_and_no_id_has_two_jobs(history: list[Any]) -> None:
    jobs = fold(history)
    assert len({job.key for job in jobs}) == len(jobs) <= len(history)
    ids = [job.id for job in jobs if job.id]
    assert sorted(ids) == sorted({str(one["job_id"]) for one in history if one["job_id"] is not None})


@given(ANY)
def test_nothing_is_made_up_and_nothing_contradicts_itself(history: list[Any]) -> None:
    moments = {one["timestamp"] for one in history}
    repos = {one["repo_url"] for one in history} | {""}
    statuses = {job_status(one["status"]) for one in history}
    for job in fold(history):
        assert job.repo in repos and job.status in statuses
        assert {job.submitted_at, job.started_at, job.finished_at, job.told_at} - {None} <= moments
        assert job.finished_at is None or job.status in ENDED
        assert job.duration is None or job.duration >= 0


@given(TIMED, st.randoms(use_true_random=False))
def test_where_all_times_are_known_the_order_of_the_history_means_nothing(
    history: list[Any], chance: Any
) -> None:
    shuffled = list(history)
    chance.shuffle(shuffled)
    assert fold(shuffled) == fold(history)


@given(TIMED)
def test_where_all_times_are_known_what_is_told_twice_is_told_once(history: list[Any]) -> None:
    assert fold([*history, *history]) == fold(history)


@given(ANY)
def test_every_repository_that_is_named_has_a_job(history: list[Any]) -> None:
    named = {one["repo_url"] for one in history if one["job_id"] is None} - {"unknown", "", None}
    with_id = {one["repo_url"] for one in history if one["job_id"] is not None}
    assert named <= {job.repo for job in fold(history)} | with_id


SAME_MOMENT = [
    # Nothing but the moment tells which task it is.
    ([entry("pending", 1, None, worker="a"), entry("pending", 1, "unknown")], ["pending"]),
    ([entry("processing", 1, ""), entry("pending", 1, "UNKNOWN")], ["processing"]),
    ([entry("pending", 1, ""), entry("pending", 1.5, "")], ["pending", "pending"]),
    ([entry("pending", None, ""), entry("pending", None, "")], ["pending", "pending"]),
    # One repository, spelt in two ways.
    ([entry("pending", 1, f"https://{REPO}.git"), entry("pending", 1)], ["pending"]),
    ([entry("failed", 2, "git@github.com:acme/core"), entry("processing", 1)], ["failed"]),
    # Told with and without the id.
    ([entry("pending", 1), entry("pending", 1, job_id="7")], ["pending"]),
    ([entry("pending", 1), *(entry("pending", 1, job_id=n) for n in "78")], ["pending"] * 3),
    ([entry("pending", 1), entry("pending", 2, job_id="7")], ["pending", "pending"]),
    # One end, told in two words.
    ([entry("failed", 3), entry("complete", 3), entry("processing", 1)], ["failed"]),
]


@pytest.mark.parametrize(("history", "statuses"), SAME_MOMENT)
def test_rows_of_one_task_and_moment_are_one_job(history: list[Any], statuses: list[str]) -> None:
    for given_history in (history, history[::-1]):
        assert [job.status.value for job in fold(given_history)] == statuses


@given(TIMED)
def test_the_newest_come_first(history: list[Any]) -> None:
    first = [job.first_at for job in fold(history)]
    assert first == sorted(first, key=lambda at: -(at or 0))


@given(st.lists(st.one_of(st.none(), st.integers(), st.text(), st.dictionaries(st.text(), st.integers()))))
def test_what_is_no_entry_breaks_nothing(history: list[Any]) -> None:
    assert len(fold(history)) <= len(history)
