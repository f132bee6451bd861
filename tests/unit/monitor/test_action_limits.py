"""What is asked for too often, or beside another of its kind: it waits, or is told when to try again."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest

from ops_dashboard.backend.actions import ACTION_SECONDS
from ops_dashboard.domain.actions import CLEARING
from ops_dashboard.domain.embeddings.meaning import GENERATING
from ops_dashboard.monitor.actions import ROOM_SECONDS, Asked
from tests.unit.monitor.world import World

CLEAR = "POST /api/monitoring/cache/clear"
GENERATE = "POST /admin/sparse-embeddings/generate"
PATHS = ("/api/monitoring/cache/clear", "/admin/sparse-embeddings/generate")
REPOS = ("github.com/acme/one", "github.com/acme/two")
SENT = Asked(True)


def submit(repo: str) -> str:
    return f"POST /api/v1/ingestion/ingest/{repo}"


@pytest.fixture
def able(world: World) -> World:
    """A collector after its first refresh of a backend that can do what is asked for here."""
    paths = {path: {"post": {}} for path in (*PATHS, "/api/v1/ingestion/ingest/{repo_url}")}
    world.client.bodies |= {"openapi": {"paths": paths}, GENERATE: {"status": "completed"}}
    world.client.bodies |= {submit(repo): {"status": "dispatched"} for repo in REPOS}
    world.start()
    world.until(lambda: world.snapshot.refreshed_at)
    return world


def told(world: World, *asking: Coroutine[Any, Any, Asked]) -> list[Asked]:
    """What these askers are told, who ask at once."""

    async def together() -> list[Asked]:
        return list(await asyncio.gather(*asking))

    return world.loop.run_until_complete(together())


def test_one_too_many_in_a_minute_is_not_sent_and_says_when_to_try_again(able: World) -> None:
    assert [told(able, able.actions.clear_cache("ana")) for _ in range(3)] == [[SENT]] * 3
    (asked,) = told(able, able.actions.clear_cache("ben"))
    assert asked.sentence == ("Nothing was sent: more than 3 in 60 s are too many. Try again in 60 s.")
    assert len(able.client.times(CLEAR)) == 3
    assert (able.audit[-1].by, able.audit[-1].outcome) == ("ben", "not-sent")
    able.run(CLEARING.limit.seconds)
    assert told(able, able.actions.clear_cache("ben")) == [SENT]


def test_what_was_not_sent_does_not_count(able: World) -> None:
    for _ in range(5):
        told(able, able.actions.clear_cache("ana", after=7))
    assert told(able, able.actions.clear_cache("ana")) == [SENT]


def test_one_action_takes_nothing_from_another(able: World) -> None:
    for _ in range(4):
        told(able, able.actions.clear_cache("ana"))
    assert told(able, able.actions.ingest(REPOS[0], "ana")) == [SENT]


def test_runs_of_embeddings_are_limited_too(able: World) -> None:
    world = able
    world.loop.run_until_complete(world.embeddings.detach("a test"))
    for number in range(3):
        assert told(world, world.embeddings.start("ana")) == [SENT]
        world.until(lambda number=number: len(world.audit) > number)
    assert told(world, world.embeddings.start("ana"))[0].sentence.startswith(
        "Nothing was sent: more than 3 in 60 s"
    )
    assert len(world.client.times(GENERATE)) == GENERATING.limit.most


def test_two_of_a_kind_are_sent_one_after_the_other(able: World) -> None:
    able.client.latency[submit(REPOS[0])] = 3
    assert told(able, *(able.actions.ingest(repo, "ana") for repo in REPOS)) == [SENT, SENT]
    (first,), (second,) = (able.client.times(submit(repo)) for repo in REPOS)
    assert second - first >= 3


def test_who_waits_too_long_for_another_of_its_kind_is_told_that_nothing_was_sent(able: World) -> None:
    able.client.latency[submit(REPOS[0])] = ACTION_SECONDS
    assert ACTION_SECONDS > ROOM_SECONDS
    told(able, *(able.actions.ingest(repo, "ana") for repo in REPOS))
    assert not able.client.times(submit(REPOS[1]))
    late = next(run for run in able.actions.submissions() if run.target == REPOS[1])
    assert (late.state, late.ending.why) == ("failed", "busy")
