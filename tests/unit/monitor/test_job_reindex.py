"""Indexing again what failed: one job, or all of them, one after the other."""

import pytest

from ops_dashboard.backend.errors import BadStatus
from ops_dashboard.domain.jobs.kinds import REINDEXING
from ops_dashboard.monitor.actions import Asked
from tests.unit.monitor.job_backends import (
    FULL,
    INGEST,
    LATE,
    OFFLINE,
    SENT,
    TAKEN,
    asked,
    jobs,
    offered,
    post,
    row,
    settled,
)
from tests.unit.monitor.world import World


@pytest.fixture
def able(world: World) -> World:
    """A collector after its first refresh of a backend that offers everything about jobs."""
    return settled(world)


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
