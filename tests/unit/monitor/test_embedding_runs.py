"""Generating sparse embeddings: one run at a time, sent once, followed to its end, whatever the backend does."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from ops_dashboard.backend.errors import BackendError, BadStatus, NotOffered, TimedOut, Unreachable
from ops_dashboard.backend.sources import SOURCES
from ops_dashboard.domain.embeddings.meaning import GENERATING
from ops_dashboard.domain.views.action import NOT_KNOWN_YET, OUT_OF_REACH
from ops_dashboard.monitor.actions import Asked
from ops_dashboard.monitor.embedding_follow import MOST_UNKNOWN
from tests.unit.monitor.embedding_backends import (
    ACCEPTED,
    ASYNC,
    JOB,
    SENT,
    START,
    SYNC,
    Work,
    settle,
    shown,
    start,
)
from tests.unit.monitor.world import REFUSED, World


@pytest.fixture
def world(make_world: Callable[..., World]) -> World:
    """Without the fast lane, so that an hour does not cost thousands of calls."""
    return make_world(alert_seconds=0)


@pytest.fixture
def slow(world: World) -> World:
    """A backend that answers when all is done, after twenty minutes."""
    world.client.bodies[START] = {"status": "completed", "job_id": "x", "resources_to_process": 8}
    world.client.latency[START] = 1_200
    return settle(world, SYNC)


@pytest.fixture
def work(world: World) -> Work:
    """A backend that accepts the run, and reports its progress."""
    work = Work(world)
    world.client.bodies |= {START: work.accept, JOB: work.answer}
    world.client.status[START] = 202
    settle(world, ASYNC)
    return work


def test_an_answer_after_twenty_minutes_is_awaited_and_told(slow: World):
    assert start(slow) == [SENT]
    slow.run(1_100)
    panel = shown(slow)
    assert (panel.action.state, panel.progress.is_real, panel.progress.is_shown) == ("running", False, True)
    assert "answers when all is done" in panel.progress.note
    slow.run(110)
    panel = shown(slow)
    assert (panel.action.state, panel.action.sentence) == ("done", "8 resources processed in 20 min.")
    assert not panel.progress.is_shown
    assert (panel.last.by, panel.last.what) == ("ana", "all resources")
    assert len(slow.client.times(START)) == 1


def test_a_long_answer_keeps_no_place_among_the_calls_and_spoils_no_latency(slow: World):
    slow.client.latency |= {source.name: 0.1 for source in SOURCES}
    start(slow)
    slow.run(20)
    since = slow.now
    slow.run(100)
    assert {"health", "cache", "workers"} <= slow.client.called(since)
    assert slow.client.most_in_flight <= 3, "two reads, and the one that waits for its answer"
    assert slow.snapshot.probes.calls
    assert any(state.clean_latency for state in slow.snapshot.sources.values())


def test_two_who_ask_at_once_make_one_run(slow: World):
    assert sorted(start(slow, "ana", "ben"), key=lambda asked: asked.sent) == [
        Asked(False, GENERATING.already),
        SENT,
    ]
    slow.run(1)
    assert len(slow.client.times(START)) == 1
    assert start(slow, "cleo") == [Asked(False, GENERATING.already)]


def test_who_does_not_know_of_the_last_run_is_told_of_it_instead(work: Work):
    world = work.world
    start(world, after=0)
    world.until(lambda: shown(world).action.state == "done")
    assert start(world, after=0) == [Asked(False, GENERATING.meanwhile)]
    assert start(world, after=shown(world).action.number) == [SENT]


def test_a_run_that_tells_no_size_shows_no_percentage(slow: World):
    start(slow)
    slow.run(1_210)
    slow.client.latency[START] = 3_000
    start(slow)
    slow.run(600)
    progress = shown(slow).progress
    assert (progress.is_shown, progress.is_blind, progress.text) == (True, True, "")
    assert "The last run took 20 min for 8 resources" in progress.note


def test_reported_progress_is_shown_with_its_rate_and_the_time_left(work: Work):
    world = work.world
    start(world)
    world.run(15.2)
    progress = shown(world).progress
    assert progress.is_real
    assert 40 <= progress.percent <= 50
    assert progress.text == f"{progress.percent:.0f} %"
    assert progress.done.endswith(" of 240")
    assert 7 < float(progress.rate.removesuffix(" /s")) < 9
    assert progress.left in ("about 10 s", "about 20 s")
    assert progress.announcement == "A quarter is done."
    world.run(20)
    panel = shown(world)
    assert panel.action.state == "done"
    assert panel.action.sentence.startswith("240 resources processed in 3")
    assert not panel.progress.is_shown


def test_a_run_that_fails_says_why_how_far_it_was_and_what_to_do(work: Work):
    work.total, work.ends = 96, "failed"
    start(work.world)
    work.world.run(20)
    action = shown(work.world).action
    assert action.state == "failed"
    assert action.sentence == (
        "The backend says that it failed: The model stopped. 96 of 96 resources were processed before."
    )
    assert "start it again" in action.advice


def test_the_progress_is_read_seldom_while_it_takes_long(work: Work):
    work.rate = 0.05
    start(work.world)
    began = work.world.now
    work.world.run(3_600)
    times = work.world.client.times(JOB, began)
    gaps = [later - earlier for earlier, later in pairwise(times)]
    assert gaps[0] < 3
    assert 25 < gaps[-1] < 40
    assert work.world.client.most_in_flight <= 2


def test_a_backend_that_dies_in_the_middle_is_said_and_followed_again_when_it_returns(work: Work):
    work.rate = 1.0
    world = work.world
    start(world)
    world.run(100)
    died = world.collector.now()
    world.client.everything = REFUSED
    world.until(lambda: world.snapshot.contact.lost)
    world.until(lambda: shown(world).progress.trouble)
    progress = shown(world).progress
    assert (progress.trouble, progress.rate, progress.left) == ("Not readable since", "", "")
    assert 0 <= progress.trouble_at - died < 10
    assert "Last known: 4" in progress.why
    since = world.now
    world.run(30)
    assert not world.client.times(JOB, since), "one probe is all that is asked while it is out of reach"
    world.client.everything = None
    world.until(lambda: not shown(world).progress.trouble)
    world.until(lambda: shown(world).action.state == "done", within=240)


def test_a_reading_that_fails_is_tried_again_ever_more_seldom(work: Work):
    world = work.world
    start(world)
    world.run(10)
    world.client.bodies[JOB] = BadStatus("failed while answering", status=500)
    since = world.now
    world.run(60)
    assert 3 <= len(world.client.times(JOB, since)) <= 8
    assert shown(world).progress.trouble == "Not readable since"
    assert "The backend failed while answering" in shown(world).progress.why
    assert shown(world).action.state == "running"
    world.client.bodies[JOB] = work.answer
    world.run(40)
    assert shown(world).action.state == "done"


def test_a_backend_that_forgot_the_run_leaves_its_outcome_unknown(work: Work):
    world = work.world
    start(world)
    world.run(10)
    world.client.bodies[JOB] = NotOffered("does not offer this call", status=404)
    since = world.now
    world.until(lambda: shown(world).action.state == "unknown")
    assert len(world.client.times(JOB, since)) == MOST_UNKNOWN
    assert "no longer knows this run" in shown(world).action.sentence
    assert start(world) == [SENT]


@pytest.mark.parametrize(
    ("failure", "state", "words"),
    [
        (Unreachable("refused the connection"), "failed", "Nothing was started."),
        (
            BadStatus("did not accept the request (HTTP 409: A run is already under way)", status=409),
            "failed",
            "A run is already under way",
        ),
        (
            BadStatus("failed while answering (HTTP 500: broken)", status=500, outcome_unknown=True),
            "failed",
            "HTTP 500: broken",
        ),
        (BadStatus("is not able", status=504, outcome_unknown=True), "unknown", "before you start another"),
        (TimedOut("gave no answer", outcome_unknown=True), "unknown", "before you start another"),
        (RuntimeError("a bug"), "unknown", "An error in this dashboard"),
    ],
    ids=["never sent", "409", "500", "504", "late", "bug"],
)
def test_a_start_that_fails_says_so_and_is_not_repeated(
    slow: World, failure: Exception, state: str, words: str
):
    slow.client.bodies[START] = failure
    slow.client.latency[START] = 1
    start(slow)
    slow.run(120)
    action = shown(slow).action
    assert action.state == state
    assert words in f"{action.sentence} {action.advice}"
    assert "a bug" not in action.sentence
    assert len(slow.client.times(START)) == 1
    if isinstance(failure, BackendError) and failure.status == 500:
        assert "not known" not in action.sentence


def test_an_accepted_run_that_nobody_can_ask_for_is_of_unknown_outcome(slow: World):
    slow.client.latency[START] = 0.1
    slow.client.status[START] = 202
    for body, words in ((ACCEPTED, "no call to report the progress"), ({}, "gave no id")):
        slow.client.bodies[START] = body
        start(slow)
        slow.run(5)
        assert shown(slow).action.state == "unknown"
        assert words in shown(slow).action.sentence


def test_nothing_is_sent_where_it_cannot_be_done(world: World, make_world: Any):
    fresh = make_world()
    fresh.loop.run_until_complete(fresh.embeddings.detach(""))
    assert start(fresh) == [Asked(False, NOT_KNOWN_YET)]
    settle(world, {"paths": {"/x": {"get": {}}}})
    assert start(world) == [Asked(False, "This backend has no call to generate sparse embeddings.")]
    world.client.everything = REFUSED
    world.until(lambda: world.snapshot.contact.lost)
    assert start(world) == [Asked(False, OUT_OF_REACH)]
    assert not world.client.times(START)


def test_a_backend_whose_calls_are_not_known_is_asked_all_the_same(world: World):
    world.client.bodies[START] = {"status": "completed", "resources_to_process": 0}
    settle(world, {})
    assert start(world) == [SENT]
    world.run(1)
    assert shown(world).action.sentence == "There was nothing to process."


def test_the_page_says_that_runs_are_not_kept_without_a_database(slow: World):
    slow.run(1)
    assert shown(slow).unkept == "There is no database."


def test_a_batch_size_is_sent_and_shown(slow: World):
    start(slow, batch_size=100)
    slow.run(2)
    assert shown(slow).progress.what == "all resources, batch size 100"
