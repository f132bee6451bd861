"""Submitting, indexing again and cancelling: sent once, however many ask; told to all; one row of audit each."""

from typing import Any

import pytest

from ops_dashboard.backend.errors import BadStatus, Unauthorized
from ops_dashboard.domain.jobs.kinds import CANCELLING, INGESTING
from ops_dashboard.domain.views.job_figures import RECENT_SECONDS
from ops_dashboard.domain.views.job_rows import CONFIRM_SECONDS
from ops_dashboard.monitor.actions import Asked
from ops_dashboard.monitor.job_actions import MOMENT_SECONDS
from tests.unit.monitor.job_backends import (
    FULL,
    LATE,
    NEW,
    OFFLINE,
    SENT,
    TAKEN,
    asked,
    job,
    jobs,
    post,
    row,
    settled,
)
from tests.unit.monitor.world import World


@pytest.fixture
def able(world: World) -> World:
    """A collector after its first refresh of a backend that offers everything about jobs."""
    return settled(world)


def test_a_repository_is_submitted_once_in_the_form_that_is_sent(able: World) -> None:
    assert asked(able, able.actions.ingest("https://github.com/acme/new.git", "ana")) == [SENT]
    assert len(able.client.times(NEW)) == 1
    (one,) = jobs(able).submissions
    assert (one.repo, one.by, one.state) == ("github.com/acme/new", "ana", "done")
    assert one.sentence == "Queued at position 3; 3 of 10 places are taken."


def test_the_job_history_is_read_again_at_once(able: World) -> None:
    began = able.now
    asked(able, able.actions.ingest("github.com/acme/new", "ana"))
    able.until(lambda: able.client.times("jobs", began), within=0.2)


def test_an_address_that_is_refused_is_not_sent(able: World) -> None:
    (told,) = asked(able, able.actions.ingest("file:///etc/passwd", "ana"))
    assert not told.sent and '"file:"' in told.sentence
    assert not [call for _, call in able.client.calls if call.startswith("POST")]


def test_two_tabs_that_submit_the_same_at_once_make_one_request(able: World) -> None:
    ingest = able.actions.ingest
    told = asked(able, ingest("github.com/acme/new", "ana"), ingest("https://github.com/acme/new", "ben"))
    assert told == [SENT, Asked(False, INGESTING.already)]
    assert asked(able, ingest("github.com/acme/new", "ben")) == [Asked(False, INGESTING.meanwhile)]
    assert len(able.client.times(NEW)) == 1
    able.run(MOMENT_SECONDS)
    assert asked(able, ingest("github.com/acme/new", "ben")) == [SENT]


@pytest.mark.parametrize(
    ("failure", "state", "sentence", "advice"),
    [
        (
            BadStatus("did not accept", status=400, detail="Invalid repository URL format"),
            "failed",
            "The backend does not accept this address: Invalid repository URL format.",
            "Nothing was queued. Correct the address.",
        ),
        (
            Unauthorized("refused the token (HTTP 401)", status=401),
            "failed",
            "The backend refused the token (HTTP 401).",
            "Nothing was queued. Check the token in OPS_BACKEND_TOKEN.",
        ),
        (
            FULL,
            "failed",
            "The backend's queue takes no more for now: Queue is full (10 of 10 jobs waiting).",
            "Nothing was queued. Try again when a job has ended.",
        ),
        (
            OFFLINE,
            "failed",
            "The edge worker is offline, and without it the backend queues nothing: Edge Worker Offline.",
            "Nothing was queued. Try again when its heartbeat is back.",
        ),
        (
            BadStatus("is not able to answer for the moment (HTTP 503)", status=503),
            "failed",
            "The backend is not able to answer for the moment (HTTP 503).",
            "Nothing was queued. You may try again.",
        ),
        (
            LATE,
            "unknown",
            "The backend gave no answer within 15 s.",
            "Look whether the job history lists it; submit it again only if it does not.",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and " " not in value else type(value).__name__,
)
def test_every_refusal_has_its_sentence_and_next_step_and_nothing_is_repeated(
    able: World, failure: Exception, state: str, sentence: str, advice: str
) -> None:
    able.client.bodies[NEW] = failure
    assert asked(able, able.actions.ingest("github.com/acme/new", "ana")) == [SENT]
    able.run(60)
    assert len(able.client.times(NEW)) == 1
    (one,) = jobs(able).submissions
    assert (one.state, one.sentence, one.advice) == (state, sentence, advice)


def test_after_a_refusal_the_same_can_be_submitted_at_once(able: World) -> None:
    able.client.bodies[NEW] = FULL
    asked(able, able.actions.ingest("github.com/acme/new", "ana"))
    able.client.bodies[NEW] = TAKEN
    assert asked(able, able.actions.ingest("github.com/acme/new", "ana")) == [SENT]
    assert [one.state for one in jobs(able).submissions] == ["done", "failed"]


def test_the_last_five_submissions_are_shown_newest_first(able: World) -> None:
    for number in range(7):
        asked(able, able.actions.ingest(f"github.com/acme/n{number}", "ana"))
    assert [one.repo[-1] for one in jobs(able).submissions] == ["6", "5", "4", "3", "2"]


@pytest.mark.parametrize(
    ("answer", "text", "sentence", "near_full"),
    [
        (TAKEN, "3 of 10", "7 places were left at the last submission,", False),
        (TAKEN | {"queue_size": 9}, "9 of 10", "1 place was left at the last submission,", True),
        (TAKEN | {"queue_size": 100}, "10 of 10", "The queue was full at the last submission,", True),
        (FULL, "10 of 10", "The queue was full at the last submission,", True),
    ],
)
def test_queue_is_as_full_as_the_answer_says(
    able: World, answer: Any, text: str, sentence: str, near_full: bool
) -> None:
    assert jobs(able).capacity.text == ""
    able.client.bodies["jobs"] = [job(n, "pending") for n in range(100)]
    able.client.bodies[NEW] = answer
    asked(able, able.actions.ingest("github.com/acme/new", "ana"))
    capacity = jobs(able).capacity
    assert (capacity.text, capacity.sentence, capacity.near_full) == (text, sentence, near_full)
    able.run(RECENT_SECONDS + 60)
    assert (jobs(able).capacity.text, jobs(able).capacity.near_full) == (text, False)


@pytest.mark.parametrize(
    ("entry", "state", "word", "sentence"),
    [
        ({"status": "pending"}, "done", "Queued", "Queued at position 3; 3 of 10 places are taken."),
        ({"status": "processing"}, "running", "Processing", "Processing."),
        ({"status": "complete"}, "done", "Completed", "Completed."),
        ({"status": "failed", "error": "no disk"}, "failed", "Failed", "Failed: no disk"),
        ({"status": "cancelled"}, "ended", "Cancelled", "Cancelled."),
        (
            {"status": "complete", "repo_url": "https://github.com/acme/new.git"},
            "done",
            "Completed",
            "Completed.",
        ),
        ({"status": "failed", "job_id": "n1"}, "failed", "Failed", "Failed."),
    ],
)
def test_submission_follows_the_history(
    able: World, entry: dict[str, Any], state: str, word: str, sentence: str
) -> None:
    able.client.bodies[NEW] = TAKEN | {"job_id": "n1"}
    asked(able, able.actions.ingest("github.com/acme/new", "ana"))
    at = able.clock.now()
    able.client.bodies["jobs"] = [
        {"repo_url": "github.com/acme/new", "timestamp": at} | entry,
        {"repo_url": "github.com/acme/new", "status": "failed", "timestamp": at - 3_600},
    ]
    able.run(120)
    (one,) = jobs(able).submissions
    assert (one.state, one.word, one.sentence) == (state, word, sentence)


def test_submission_that_is_no_longer_listed_says_so(able: World) -> None:
    able.client.bodies[NEW] = TAKEN
    asked(able, able.actions.ingest("github.com/acme/new", "ana"))
    assert jobs(able).submissions[0].word == "Queued"
    able.client.bodies["jobs"] = [{"repo_url": "unknown", "status": "pending", "timestamp": able.clock.now()}]
    able.run(120)
    (one,) = jobs(able).submissions
    assert (one.state, one.word) == ("unknown", "No longer listed")
    assert one.sentence == "The job history does not list it any more: what became of it is not known."


def test_a_standard_call_is_tried_where_the_backend_lists_no_calls(settled: World) -> None:
    assert jobs(settled).ingest.barred == ""
    settled.client.bodies[NEW] = TAKEN
    assert asked(settled, settled.actions.ingest("github.com/acme/new", "ana")) == [SENT]


def test_a_job_is_cancelled_and_shown_so_only_once_the_history_says_it(able: World) -> None:
    able.client.bodies[post(4, "cancel")] = {"status": "cancelled"}
    assert asked(able, able.actions.cancel("id j4", "ana")) == [SENT]
    shown = row(able, 4)
    assert (shown.status, shown.run.state, shown.run.word) == ("processing", "running", "Cancelling…")
    able.client.bodies["jobs"] = [job(4, "cancelled")]
    able.run(40)
    assert (row(able, 4).status, row(able, 4).run.state) == ("cancelled", "idle")


def test_a_job_that_is_still_listed_long_after_is_not_called_cancelled(able: World) -> None:
    able.client.bodies[post(4, "cancel")] = {"status": "cancelled"}
    asked(able, able.actions.cancel("id j4", "ana"))
    able.run(CONFIRM_SECONDS + 31)
    shown = row(able, 4)
    assert shown.run.state == "unknown"
    assert shown.run.sentence == "The backend has cancelled it. But it still lists the job as processing."


def test_a_cancellation_that_is_refused_says_so(able: World) -> None:
    able.client.bodies[post(4, "cancel")] = BadStatus("did not accept the request (HTTP 409)", status=409)
    asked(able, able.actions.cancel("id j4", "ana"))
    assert (row(able, 4).run.state, row(able, 4).run.word) == ("failed", "Not cancelled")
    assert row(able, 4).cancel == ""


def test_two_tabs_that_cancel_the_same_job_make_one_request(able: World) -> None:
    able.client.bodies[post(4, "cancel")] = {"status": "cancelled"}
    cancel = able.actions.cancel
    told = asked(able, cancel("id j4", "ana", 0), cancel("id j4", "ben", 0))
    assert told == [SENT, Asked(False, CANCELLING.already)]
    assert asked(able, cancel("id j4", "ben", 0)) == [Asked(False, CANCELLING.meanwhile)]
    assert len(able.client.times(post(4, "cancel"))) == 1


@pytest.mark.parametrize(("key", "why"), [("id j1", "It has ended."), ("id j9", "does not list this job")])
def test_what_cannot_be_cancelled_is_not_sent(able: World, key: str, why: str) -> None:
    (told,) = asked(able, able.actions.cancel(key, "ana"))
    assert not told.sent and why in told.sentence
    assert not [call for _, call in able.client.calls if call.startswith("POST")]


def test_each_action_is_one_row_of_the_audit(able: World) -> None:
    able.client.bodies |= {post(4, "cancel"): {"status": "cancelled"}, post(3, "retry"): FULL}
    asked(able, able.actions.ingest("github.com/acme/new", "ana"))
    asked(able, able.actions.cancel("id j4", "ben"))
    asked(able, able.actions.cancel("id j1", "ben"))
    asked(able, able.actions.reindex_failed("eve"))
    assert [(one.by, one.action, one.target, one.outcome) for one in able.audit] == [
        ("ana", "ingest", "github.com/acme/new", "done"),
        ("ben", "cancel_job", "j4 github.com/acme/r4", "done"),
        ("ben", "cancel_job", "j1 github.com/acme/r1", "not-sent"),
        ("eve", "reindex", "j3 github.com/acme/r3", "failed"),
        ("eve", "reindex_failed", "", "failed"),
    ]
    assert all(one.sentence and one.at for one in able.audit)


@pytest.mark.parametrize(
    "hostile", ["../../admin", "a/b", "j?x=1", "j#", "//evil.example", "..", "j%2f", "j\r\nX: 1"]
)
def test_an_id_of_the_backend_s_leads_to_no_other_call(able: World, hostile: str) -> None:
    able.client.bodies["jobs"] = [
        {"job_id": hostile, "repo_url": f"http://{hostile}/x", "status": status}
        for status in ("failed", "processing")
    ]
    began = able.now
    able.collector.read_again("jobs")
    able.until(lambda: able.client.times("jobs", began))
    for shown in jobs(able).rows:
        asked(able, able.actions.cancel(shown.key, "ana"), able.actions.reindex(shown.key, "ana"))
    asked(able, able.actions.reindex_failed("ana"))
    assert jobs(able).rows
    assert not [call for _, call in able.client.calls if call.startswith("POST")]
