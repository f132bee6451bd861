"""Transactions: what is committed together, and what two writers may do to each other."""

import asyncio

import pytest
from sqlalchemy import func, select, update

from ops_dashboard.settings import Settings
from ops_dashboard.storage.database import Database, open_database
from ops_dashboard.storage.errors import StorageError
from ops_dashboard.storage.tables import SeriesArchiveRow


def row(backend: str, saved_at: float = 0) -> SeriesArchiveRow:
    return SeriesArchiveRow(backend=backend, saved_at=saved_at, version=1, data=b"")


async def count(database: Database) -> int:
    async with database.reading() as session:
        return (await session.scalars(select(func.count()).select_from(SeriesArchiveRow))).one()


async def test_nothing_stays_of_a_block_that_raises(database: Database) -> None:
    with pytest.raises(StorageError, match="LookupError"):
        async with database.writing() as session:
            session.add(row("one"))
            await session.flush()
            raise LookupError
    assert await count(database) == 0


async def test_broken_constraint_is_an_error_of_the_database(database: Database) -> None:
    async with database.writing() as session:
        session.add(row("one"))
    with pytest.raises(StorageError, match="failed"):
        async with database.writing() as session:
            session.add_all([row("two"), row("one")])
    assert await count(database) == 1


async def test_of_writers_that_compare_and_set_exactly_one_wins(database: Database) -> None:
    async with database.writing() as session:
        session.add(row("one", saved_at=0))

    async def claim(number: int) -> bool:
        async with database.writing() as session:
            claimed = await session.execute(
                update(SeriesArchiveRow)
                .where(SeriesArchiveRow.saved_at == 0)
                .values(saved_at=number)
                .returning(SeriesArchiveRow.backend)
            )
            return claimed.first() is not None

    assert sum(await asyncio.gather(*(claim(number) for number in range(1, 13)))) == 1


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
async def test_on_sqlite_what_a_writer_has_read_does_not_change_before_it_writes(settings: Settings) -> None:
    async with await open_database(settings) as one, await open_database(settings) as other:
        async with one.writing() as session:
            session.add(row("one", saved_at=0))

        async def add_one(database: Database) -> None:
            async with database.writing() as session:
                held = (await session.scalars(select(SeriesArchiveRow))).one()
                await asyncio.sleep(0)
                held.saved_at += 1

        await asyncio.gather(*(add_one(database) for database in (one, other) for _ in range(10)))
        async with one.reading() as session:
            assert (await session.scalars(select(SeriesArchiveRow.saved_at))).one() == 20


async def test_a_reader_is_not_held_up_by_a_writer(database: Database) -> None:
    async with database.writing() as session:
        session.add(row("one"))
        await session.flush()
        assert await asyncio.wait_for(count(database), timeout=4) == 0
    assert await count(database) == 1
