from datetime import UTC, datetime
from typing import Any

import pytest

from ops_dashboard.domain.alerts.ingestion_samples import ingestion_samples
from ops_dashboard.domain.alerts.sample import Sample
from ops_dashboard.domain.status import Status
from tests.snapshots import NOW, read, snapshot


def of(rule_id: str, bodies: dict[str, Any], **changes: Any) -> Sample:
    found = ingestion_samples(snapshot(bodies, **changes))
    return next(sample for sample in found if sample.key.rule_id == rule_id)


def beat(**fields: Any) -> dict[str, Any]:
    return {"ingestion_heartbeat": fields}


def said(words: object) -> dict[str, Any]:
    return {"ingestion_worker": {"status": words}}


WORKER = [
    (beat(state="online"), Status.HEALTHY),
    (beat(state="degraded"), Status.DEGRADED),
    (beat(state="offline", seconds_since_last_seen=None), Status.DOWN),
    (beat(seconds_since_last_seen=301, threshold_seconds=300), Status.DOWN),
    (beat(seconds_since_last_seen=300, threshold_seconds=300), Status.HEALTHY),
    (beat(state="asleep", seconds_since_last_seen=301, threshold_seconds=300), Status.DOWN),
    (beat(state="asleep"), Status.UNKNOWN),
    (beat(), None),
    (beat(state="online") | said("Offline"), Status.HEALTHY),
    (said("Offline"), Status.DOWN),
    (said("Error: CUDA out of memory"), Status.DOWN),
    (said("Idle"), Status.HEALTHY),
    (said("Training Graph on github.com/acme/core 40%"), Status.HEALTHY),
    (said(None), None),
    ({}, None),
]


@pytest.mark.parametrize(("bodies", "status"), WORKER)
def test_the_worker_is_judged_by_its_heartbeat_else_by_its_words(
    bodies: dict[str, Any], status: Status | None
) -> None:
    assert of("ingestion_worker", bodies).value == status


def test_the_worker_s_own_words_are_the_detail_of_its_trouble() -> None:
    assert of("ingestion_worker", said("Error: out of memory")).detail == "Error: out of memory"
    assert of("ingestion_worker", said("Idle")).detail == ""


@pytest.mark.parametrize("words", ["Training Graph on github.com/acme/core 40%", "Idle", "Cloning x: Error"])
def test_current_work_is_no_reason_for_trouble(words: str) -> None:
    sample = of("ingestion_worker", beat(state="degraded") | said(words))
    assert (sample.value, sample.detail) == (Status.DEGRADED, "")
    assert (
        of("ingestion_worker", beat(state="degraded") | said("Error: disk full")).detail == "Error: disk full"
    )


def test_an_old_heartbeat_is_not_fresh() -> None:
    state = read("ingestion_heartbeat", {"state": "online"}, failures=2)
    sample = next(iter(ingestion_samples(snapshot({}, [state]))))
    assert (sample.value, sample.fresh) == (Status.HEALTHY, False)


def job(
    status: str, ago: float | None = 60, repo: str | None = "github.com/acme/core", **more: Any
) -> dict[str, Any]:
    at = None if ago is None else datetime.fromtimestamp(NOW - ago, UTC).isoformat()
    return {"repo_url": repo, "status": status, "timestamp": at, **more}


JOBS = [
    # history, newest first                                       failed  running for
    ([], 0, 0),
    ([job("completed"), job("pending", repo="b")], 0, 0),
    ([job("failed")], 1, 0),
    ([job("Failed")], 1, 0),
    ([job("failed", 3600)], 1, 0),
    ([job("failed", 3601)], 0, 0),
    ([job("failed", None)], 1, 0),
    ([job("failed"), job("failed", 90, repo="b")], 2, 0),
    ([job("completed"), job("failed", 600)], 0, 0),
    ([job("pending"), job("failed", 600)], 0, 0),
    ([job("failed"), job("completed", 600)], 1, 0),
    ([job("failed", repo="unknown"), job("failed", 61, repo="unknown")], 2, 0),
    ([job("failed", repo=None, job_id="1"), job("processing", repo=None, job_id="1")], 1, 0),
    ([job("processing", 2700)], 0, 2700),
    ([job("processing", 2700), job("processing", 60, repo="b")], 0, 2700),
    ([job("completed"), job("processing", 2700)], 0, 0),
    ([job("processing", -50)], 0, 0),
    ([job("processing", None)], 0, None),
    ([job("processing", None), job("processing", 70, repo="b")], 0, 70),
    ([job("processing", 9999, repo="unknown")], 0, 0),
]


@pytest.mark.parametrize(("history", "failed", "running"), JOBS)
def test_jobs_are_judged_by_the_newest_entry_of_each_repository(
    history: list[dict[str, Any]], failed: int, running: float | None
) -> None:
    bodies = {"jobs": {"jobs": history}}
    assert of("jobs_failed", bodies).value == failed
    assert of("job_stuck", bodies).value == running


@pytest.mark.parametrize("body", [{}, {"jobs": None}, {"jobs": "many"}])
def test_without_a_history_nothing_is_known_of_jobs(body: dict[str, Any]) -> None:
    assert of("jobs_failed", {"jobs": body}).value is None
    assert of("job_stuck", {"jobs": body}).value is None


def test_what_is_no_job_is_none_that_failed() -> None:
    assert of("jobs_failed", {"jobs": [None, 3, {"status": 7}]}).value == 0
