"""What the backend's answers mean, however they are spelled."""

from typing import Any

import pytest

from ops_dashboard.domain.embeddings.meaning import GENERATING, ended, ending_of, started
from ops_dashboard.domain.embeddings.run import EmbeddingRun
from ops_dashboard.domain.metrics.embeddings import read_run
from tests.bodies import RECORDINGS
from tests.replay import Recording

RUN = EmbeddingRun(1, "ana", 1_000.0)
NOW = 1_012.0
GENERATED = sorted(
    file
    for file in RECORDINGS.glob("*/sparse-*.json")
    if (recording := Recording.read(file)).status == 200 and recording.method == "POST"
)


@pytest.mark.parametrize("file", GENERATED, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_every_recorded_answer_is_the_end_of_its_run(file: Any):
    recording = Recording.read(file)
    run, ending = started(RUN, recording.body, recording.status, NOW)
    assert ending is not None
    assert ending.state == "done"
    assert run.total == recording.body["resources_to_process"]
    assert run.estimate == 60 * recording.body["estimated_duration_minutes"]
    assert ended(run, ending, NOW).seconds == 12


@pytest.mark.parametrize(
    ("body", "status", "state", "words"),
    [
        ({"status": "completed", "resources_to_process": 1}, 200, "done", "1 resource processed in 12 s."),
        ({"status": "Completed", "resources_to_process": 0}, 200, "done", "There was nothing to process."),
        ({"status": "success"}, 200, "done", "did not say how many"),
        ({}, 200, "done", "did not say how many"),
        (None, 204, "done", "did not say how many"),
        ({"status": "failed", "error": "no GPU"}, 200, "failed", "says that it failed: no GPU."),
        ({"status": "failed"}, 200, "failed", "says that it failed, and not why."),
        ({"status": "cancelled", "processed": 3, "total": 9}, 200, "failed", "3 of 9 resources"),
    ],
)
def test_an_answer_that_ends_the_run(body: Any, status: int, state: str, words: str):
    ending = started(RUN, body, status, NOW)[1]
    assert ending is not None
    assert ending.state == state
    assert words in ending.sentence
    assert bool(ending.advice) == (state == "failed")


@pytest.mark.parametrize(
    ("body", "status", "job_id"),
    [
        ({"job_id": "a-1"}, 202, "a-1"),
        ({"job_id": 7, "status": "queued"}, 200, "7"),
        ({"job_id": "a-1"}, 200, "a-1"),
        ({}, 202, ""),
        ({"job_id": "../../users", "status": "pending"}, 202, ""),
        ({"job_id": "..", "status": "pending"}, 202, ""),
        ({"job_id": "a/b?c", "status": "pending"}, 202, ""),
        ({"job_id": {"a": 1}, "status": "pending"}, 202, ""),
        ({"job_id": "x" * 1000, "status": "pending"}, 202, ""),
    ],
)
def test_an_answer_that_only_begins_it_and_an_id_that_leads_nowhere_else(body: Any, status: int, job_id: str):
    run, ending = started(RUN, body, status, NOW)
    assert ending is None
    assert run.job_id == job_id


@pytest.mark.parametrize(
    "body", [None, [], "x", 5, {"status": 5, "processed": -1, "total": "many"}, {"status": ""}]
)
def test_what_says_nothing_ends_nothing(body: Any):
    assert ending_of(read_run(body), 0) is None


def test_hostile_words_are_one_line_and_short():
    report = read_run({"status": "failed", "error": "<b>x</b>\n" * 10_000})
    ending = ending_of(report, 0)
    assert ending is not None
    assert len(ending.sentence) < 400
    assert "\n" not in ending.sentence


def test_the_action_says_what_a_body_means():
    assert GENERATING.meaning({"status": "completed"}).state == "done"
    assert GENERATING.meaning({"job_id": "x", "status": "running"}).state == "running"
