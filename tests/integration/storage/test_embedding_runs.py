"""Runs that outlast a restart, on every kind of database."""

import logging
from dataclasses import replace

import pytest
from sqlalchemy import update

from ops_dashboard.domain.actions import Ending
from ops_dashboard.domain.embeddings.run import EmbeddingRun
from ops_dashboard.settings import Settings
from ops_dashboard.storage import embedding_runs
from ops_dashboard.storage.database import Database, open_database
from ops_dashboard.storage.embedding_runs import EmbeddingRunStore
from ops_dashboard.storage.tables import EmbeddingRunRecord

BACKEND = "http://backend:80"
NUMBER = 1_800_000_000_000
OPEN = EmbeddingRun(NUMBER, "ana", NUMBER / 1000, batch_size=100, job_id="emb-1", total=240.0)
DONE = replace(
    OPEN,
    ended_at=OPEN.began_at + 31.5,
    ending=Ending("done", "240 resources processed in 32 s.", "Nothing to do."),
    processed=240.0,
    estimate=60.0,
)


async def test_a_run_is_there_after_a_restart_as_it_was_saved_last(settings: Settings) -> None:
    async with await open_database(settings) as before:
        assert await EmbeddingRunStore(before).newest(BACKEND, 50) == ()
        await EmbeddingRunStore(before).save(BACKEND, OPEN)
        assert await EmbeddingRunStore(before).newest(BACKEND, 50) == (OPEN,)
        await EmbeddingRunStore(before).save(BACKEND, DONE)
    async with await open_database(settings) as after:
        assert await EmbeddingRunStore(after).newest(BACKEND, 50) == (DONE,)


async def test_the_newest_come_first_and_backends_are_kept_apart(database: Database) -> None:
    store = EmbeddingRunStore(database)
    runs = [replace(DONE, number=NUMBER + n) for n in range(4)]
    for run in (runs[2], runs[0], runs[3], runs[1]):
        await store.save(BACKEND, run)
    await store.save("another", replace(DONE, by="ben"))
    assert await store.newest(BACKEND, 3) == (runs[3], runs[2], runs[1])
    assert [run.by for run in await store.newest("another", 3)] == ["ben"]


async def test_only_so_many_are_kept_of_each_backend(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedding_runs, "KEPT_RUNS", 3)
    store = EmbeddingRunStore(database)
    await store.save("another", DONE)
    for n in range(5):
        await store.save(BACKEND, replace(DONE, number=NUMBER + n))
    assert [run.number - NUMBER for run in await store.newest(BACKEND, 50)] == [4, 3, 2]
    assert len(await store.newest("another", 50)) == 1


async def test_hostile_and_long_words_are_stored_as_one_line(database: Database) -> None:
    ending = Ending("failed", "'; DROP TABLE embedding_run; --\n\x00" * 500)
    await EmbeddingRunStore(database).save(BACKEND, replace(DONE, by="a\x00b\n", ending=ending))
    (found,) = await EmbeddingRunStore(database).newest(BACKEND, 50)
    assert found.by == "ab"
    assert found.ending.sentence.startswith("'; DROP TABLE") and len(found.ending.sentence) <= 500


async def test_a_run_that_cannot_be_read_is_left_out_and_told(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    store = EmbeddingRunStore(database)
    await store.save(BACKEND, DONE)
    await store.save(BACKEND, replace(DONE, number=NUMBER + 1))
    async with database.writing() as session:
        await session.execute(
            update(EmbeddingRunRecord).where(EmbeddingRunRecord.number == NUMBER).values(state="?")
        )
    with caplog.at_level(logging.ERROR):
        assert [run.number for run in await store.newest(BACKEND, 50)] == [NUMBER + 1]
    assert "event=embedding-run-damaged" in caplog.text
