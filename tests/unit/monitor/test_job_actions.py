"""Submitting, indexing again and cancelling: sent once, however many ask; told to all; one row of audit each."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest

from ops_dashboard.backend.errors import BadStatus, EdgeOffline, RateLimited, TimedOut, Unauthorized
from ops_dashboard.domain.jobs.kinds import CANCELLING, INGESTING, REINDEXING
from ops_dashboard.domain.views.job_rows import CONFIRM_SECONDS
from ops_dashboard.domain.views.jobs import JobRow, JobsView
from ops_dashboard.monitor.actions import Asked
from ops_dashboard.monitor.job_actions import MOMENT_SECONDS
from tests.unit.monitor.world import World

INGEST = "/api/v1/ingestion/ingest/{repo_url}"
CANCEL = "/api/v1/ingestion/jobs/{job_id}/cancel"
RETRY = "/api/v1/ingestion/jobs/{job_id}/retry"
NEW = "POST /api/v1/ingestion/ingest/github.com/acme/new"
TAKEN = {"status": "dispatched", "queue_position": 3, "queue_size": 3, "max_queue_size": 10}
SENT = Asked(True)
FULL = RateLimited(
    "asks for fewer calls (HTTP 429)", status=429, detail="Queue is full (10 of 10 jobs waiting)"
)
OFFLINE = EdgeOffline(
    "has no edge worker that is online (HTTP 503)", status=503, detail="Edge Worker Offline"
)
LATE = TimedOut("gave no answer within 15 s", outcome_unknown=True)


def offered(*paths: str) -> dict[str, Any]:
    return {"paths": {path: {"post": {}} for path in paths}}


def job(number: int, status: str, repo: str | None = None) -> dict[str, Any]:
    return {"job_id": f"j{number}", "repo_url": repo or f"github.com/acme/r{number}", "status": status}


JOBS = [job(5, "pending"), job(4, "processing"), job(3, "failed"), job(2, "failed"), job(1, "completed")]


def post(number: int, what: str) -> str:
    return f"POST /api/v1/ingestion/jobs/j{number}/{what}"


@pytest.fixture
def able(world: World) -> World:
    """A collector after its first refresh of a backend that offers everything about jobs."""
    world.client.bodies |= {"openapi": offered(INGEST, CANCEL, RETRY), "jobs": JOBS, NEW: TAKEN}
    world.start()
    world.until(lambda: world.snapshot.refreshed_at)
    return world


def jobs(world: World) -> JobsView:
    """What every tab is shown."""
    world.run(0.3)
    return world.hub.news.page.ingestion.jobs


def row(world: World, number: int) -> JobRow:
    return next(row for row in jobs(world).rows if row.id == f"j{number}")


def asked(world: World, *asking: Coroutine[Any, Any, Asked]) -> list[Asked]:
    """What these askers are told, who ask at once."""

    async def together() -> list[Asked]:
        return list(await asyncio.gather(*asking))

    return world.loop.run_until_complete(together())


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


@pytest.mark.parametrize("answer", [TAKEN, FULL], ids=["taken", "full"])
def test_how_full_the_queue_is_is_known_once_the_backend_told_its_size(able: World, answer: object) -> None:
    assert jobs(able).capacity.text == ""
    able.client.bodies[NEW] = answer
    asked(able, able.actions.ingest("github.com/acme/new", "ana"))
    capacity = jobs(able).capacity
    assert (capacity.text, capacity.sentence, capacity.near_full) == ("1 of 10", "9 places are left.", False)
    able.client.bodies["jobs"] = [job(n, "pending") for n in range(8)]
    able.collector.read_again("jobs")
    able.run(0.3)
    assert (jobs(able).capacity.text, jobs(able).capacity.near_full) == ("8 of 10", True)


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


def test_a_failed_job_is_indexed_again_by_its_id_once(able: World) -> None:
    able.client.bodies[post(3, "retry")] = TAKEN
    assert asked(able, able.actions.reindex("id j3", "ana")) == [SENT]
    assert row(able, 3).run.word == "Queued again"
    assert row(able, 3).reindex == "Its repository was queued again already."
    (told,) = asked(able, able.actions.reindex("id j3", "ben"))
    assert not told.sent
    assert len(able.client.times(post(3, "retry"))) == 1


def test_without_a_call_to_retry_its_repository_is_submitted_again(able: World) -> None:
    able.client.bodies["openapi"] = offered(INGEST)
    able.collector.read_again("openapi")
    able.run(0.3)
    assert "no call to cancel a job" in row(able, 4).cancel
    assert asked(able, able.actions.reindex("id j3", "ana")) == [SENT]
    assert len(able.client.times("POST /api/v1/ingestion/ingest/github.com/acme/r3")) == 1


def test_the_failed_jobs_are_indexed_again_one_after_the_other(able: World) -> None:
    able.client.latency |= {post(3, "retry"): 2.0, post(2, "retry"): 2.0}
    able.client.bodies |= {post(3, "retry"): TAKEN, post(2, "retry"): TAKEN}
    assert jobs(able).reindexable == ("id j3", "id j2")
    asking = able.loop.create_task(able.actions.reindex_failed("ana"))
    view = jobs(able)
    assert (view.reindex_failed.state, row(able, 3).run.word) == ("running", REINDEXING.words["running"])
    able.until(asking.done)
    (first,), (second,) = able.client.times(post(3, "retry")), able.client.times(post(2, "retry"))
    assert second - first > 1.99
    assert jobs(able).reindex_failed.sentence == "2 failed jobs queued again."
    assert asked(able, able.actions.reindex_failed("ben")) == [
        Asked(False, "No failed job can be queued again.")
    ]


def test_only_those_are_indexed_again_that_were_shown(able: World) -> None:
    able.client.bodies[post(2, "retry")] = TAKEN
    asked(able, able.actions.reindex_failed("ana", ["id j2", "id j1"]))
    assert not able.client.times(post(3, "retry")) and able.client.times(post(2, "retry"))


@pytest.mark.parametrize(
    ("failure", "state"),
    [(FULL, "failed"), (OFFLINE, "failed"), (LATE, "unknown")],
    ids=["429", "503", "late"],
)
def test_it_stops_where_the_next_would_fare_no_better(able: World, failure: Exception, state: str) -> None:
    able.client.bodies[post(3, "retry")] = failure
    asked(able, able.actions.reindex_failed("ana"))
    assert not able.client.times(post(2, "retry"))
    shown = jobs(able).reindex_failed
    assert shown.state == state
    assert shown.sentence.startswith("0 of 2 failed jobs queued again. 1 not tried any more.")
    assert "id j2" in jobs(able).reindexable


def test_a_job_that_is_refused_alone_does_not_keep_the_others_back(able: World) -> None:
    able.client.bodies |= {post(3, "retry"): BadStatus("did not accept", status=409), post(2, "retry"): TAKEN}
    asked(able, able.actions.reindex_failed("ana"))
    assert jobs(able).reindex_failed.sentence.startswith(
        "1 of 2 failed jobs queued again. The backend did not accept"
    )


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
