"""Runs that outlast the process: found again by their job's id, or said to be of unknown outcome."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

import pytest

from ops_dashboard.domain.actions import Ending
from ops_dashboard.domain.embeddings.run import EmbeddingRun
from ops_dashboard.domain.views.embeddings import EmbeddingsPanel
from ops_dashboard.monitor import embedding_book
from ops_dashboard.storage.database import Database
from ops_dashboard.storage.errors import Locked
from tests.unit.monitor.world import REFUSED, World

BASE = "/admin/sparse-embeddings"
START, JOB = f"POST {BASE}/generate", f"GET {BASE}/jobs/emb-1"
CALLS = {"paths": {f"{BASE}/generate": {"post": {}}, f"{BASE}/jobs/{{job_id}}": {"get": {}}}}
HALF = {"status": "running", "processed": 120, "total": 240}


class Shelf:
    """Stands for the database: what is saved there outlasts every process of the test."""

    def __init__(self) -> None:
        self.runs: dict[int, EmbeddingRun] = {}
        self.fails = False

    def store(self, database: Database) -> "Shelf":
        return self

    async def save(self, backend: str, run: EmbeddingRun) -> None:
        if self.fails:
            raise Locked("The database is locked.")
        self.runs[run.number] = run

    async def newest(self, backend: str, most: int) -> tuple[EmbeddingRun, ...]:
        return tuple(self.runs[number] for number in sorted(self.runs, reverse=True)[:most])

    @property
    def newest_run(self) -> EmbeddingRun:
        return self.runs[max(self.runs)]


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> Shelf:
    shelf = Shelf()
    monkeypatch.setattr(embedding_book, "EmbeddingRunStore", shelf.store)
    return shelf


@pytest.fixture
def process(make_world: Callable[..., World], shelf: Shelf) -> Callable[..., World]:
    """Starts a process whose backend answers with these bodies, on the one database."""

    def start(**bodies: Any) -> World:
        world = make_world(alert_seconds=0)
        world.client.bodies |= {"openapi": CALLS, **{k.replace("_", " "): v for k, v in bodies.items()}}
        world.client.bodies |= {START: {"job_id": "emb-1", "status": "pending"}, JOB: bodies.get("job", HALF)}
        world.client.status[START] = 202
        world.start()
        world.until(lambda: world.snapshot.refreshed_at)
        attach(world)
        return world

    return start


def attach(world: World) -> None:
    world.loop.run_until_complete(world.embeddings.attach(cast(Database, None)))
    world.run(0.1)  # what waited is written in the background


def started(world: World, seconds: float = 20) -> None:
    world.loop.run_until_complete(world.embeddings.start("ana"))
    world.run(seconds)


def shown(world: World) -> EmbeddingsPanel:
    return world.hub.news.page.embeddings


def test_a_run_is_found_again_by_its_job_and_followed_to_its_end(process: Callable[..., World], shelf: Shelf):
    before = process()
    started(before)
    before.loop.run_until_complete(before.embeddings.close())
    assert (shelf.newest_run.state, shelf.newest_run.job_id) == ("running", "emb-1")
    after = process(job=HALF)
    after.run(5)
    assert shown(after).progress.percent == 50
    assert after.embeddings.generation().running
    after.client.bodies[JOB] = {"status": "completed", "processed": 240, "total": 240}
    after.run(40)
    assert shown(after).action.state == "done"
    assert (shelf.newest_run.state, shelf.newest_run.by) == ("done", "ana")
    assert not after.client.times(START)


def test_how_far_it_was_is_known_also_where_the_backend_is_gone_after_the_restart(
    process: Callable[..., World],
):
    before = process()
    started(before)
    before.loop.run_until_complete(before.embeddings.close())
    after = process(job=REFUSED)
    after.run(10)
    assert "Last known: 50 %." in shown(after).progress.why


def test_an_answer_that_is_awaited_at_the_end_leaves_an_unknown_outcome(
    process: Callable[..., World], shelf: Shelf
):
    world = process()
    world.client.latency[START] = 1_200
    started(world)
    assert shelf.newest_run.state == "running", "what is asked for is saved before it is sent"
    world.loop.run_until_complete(world.embeddings.close())
    assert shelf.newest_run.state == "unknown"
    assert "stopped before the answer came" in shelf.newest_run.ending.sentence


def test_a_run_without_an_id_that_a_killed_process_left_is_of_unknown_outcome(
    process: Callable[..., World], shelf: Shelf
):
    shelf.runs[7] = EmbeddingRun(7, "ana", 1_000.0)
    world = process()
    world.run(1)
    assert shelf.newest_run.state == "unknown"
    assert shown(world).action.state == "unknown"
    assert shown(world).last.at == 1_000.0
    assert world.audit[-1].outcome == "unknown"


def test_the_history_outlasts_the_process(process: Callable[..., World], shelf: Shelf):
    ending = Ending("done", "8 resources processed in 1 min.")
    shelf.runs[7] = EmbeddingRun(7, "ana", 1_000.0, ended_at=1_060.0, ending=ending, processed=8, total=8)
    world = process()
    world.client.latency[START] = 1_200
    started(world, 30)
    assert "The last run took 1 min for 8 resources" in shown(world).progress.note
    assert shown(world).runs.count == 2
    assert (shown(world).last.by, shown(world).last.at) == ("ana", 1_000.0)


def test_a_database_that_fails_is_said_and_what_was_not_saved_is_saved_later(
    process: Callable[..., World], shelf: Shelf
):
    world = process(job={"status": "completed", "processed": 3})
    shelf.fails = True
    started(world)
    assert shown(world).action.state == "done"
    assert shown(world).unkept == "The database is locked."
    assert not shelf.runs
    shelf.fails = False
    attach(world)
    world.run(1)
    assert shelf.newest_run.state == "done"
    assert shown(world).unkept == ""


def test_a_run_started_before_the_database_was_there_is_saved_and_goes_on(
    process: Callable[..., World], shelf: Shelf
):
    world = process()
    world.loop.run_until_complete(world.embeddings.detach("It is being moved."))
    started(world)
    assert (shown(world).unkept, len(shelf.runs)) == ("It is being moved.", 0)
    attach(world)
    assert shelf.newest_run.state == "running"
    assert len(world.embeddings.generation().runs) == 1


def test_only_the_newest_runs_are_shown(process: Callable[..., World], shelf: Shelf):
    old = EmbeddingRun(1, "ana", 1_000.0, ended_at=1_001.0, ending=Ending("done", ""))
    shelf.runs = {number: replace(old, number=number) for number in range(1, 60)}
    world = process()
    world.run(1)
    assert shown(world).runs.count == 50
    started(world, 1)
    assert shown(world).runs.count == 50
