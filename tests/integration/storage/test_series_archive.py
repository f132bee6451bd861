"""Series that outlast a restart, on every kind of database."""

import asyncio
import os
import zlib
from typing import Any

import pytest
from sqlalchemy import update

from ops_dashboard.settings import Settings
from ops_dashboard.storage.database import Database, open_database
from ops_dashboard.storage.errors import DamagedRow
from ops_dashboard.storage.series_archive import Saved, SeriesArchive
from ops_dashboard.storage.tables import SeriesArchiveRow

BACKEND = "api.example.com:8000"
DATA = b"\x00\xffseries" * 1000


async def damage(database: Database, **values: Any) -> None:
    async with database.writing() as session:
        await session.execute(update(SeriesArchiveRow).values(**values))


async def test_nothing_is_known_of_a_backend_that_was_never_saved(database: Database) -> None:
    assert await SeriesArchive(database).load(BACKEND) is None


@pytest.mark.parametrize("data", [b"", b"x", DATA, os.urandom(5_000_000)], ids=len)
async def test_what_was_saved_is_there_after_a_restart(settings: Settings, data: bytes) -> None:
    async with await open_database(settings) as before:
        await SeriesArchive(before).save(BACKEND, data, 1_700_000_000.123)
    async with await open_database(settings) as after:
        assert await SeriesArchive(after).load(BACKEND) == Saved(data, 1_700_000_000.123)


async def test_a_save_replaces_the_one_before_even_if_the_clock_was_put_back(database: Database) -> None:
    archive = SeriesArchive(database)
    await archive.save(BACKEND, b"first", 2000)
    await archive.save(BACKEND, b"second", 1000)
    assert await archive.load(BACKEND) == Saved(b"second", 1000)


async def test_backends_are_kept_apart(database: Database) -> None:
    archive = SeriesArchive(database)
    names = [BACKEND, BACKEND.upper(), "ü'; DROP TABLE series_archive; --", ""]
    for number, name in enumerate(names):
        await archive.save(name, name.encode(), number)
    for number, name in enumerate(names):
        assert await archive.load(name) == Saved(name.encode(), number)


async def test_saves_at_the_same_time_leave_one_whole(database: Database) -> None:
    archive = SeriesArchive(database)
    await asyncio.gather(*(archive.save(BACKEND, bytes([n]) * 100_000, n) for n in range(12)))
    saved = await archive.load(BACKEND)
    assert saved is not None
    assert saved.data == bytes([int(saved.saved_at)]) * 100_000


@pytest.mark.parametrize(
    "packed", [b"", b"garbage", zlib.compress(DATA)[:-1], zlib.compress(DATA)[:20]], ids=len
)
async def test_a_damaged_entry_is_told_and_replaced_by_the_next_save(
    database: Database, packed: bytes
) -> None:
    archive = SeriesArchive(database)
    await archive.save(BACKEND, DATA, 1)
    await damage(database, data=packed)
    with pytest.raises(
        DamagedRow, match=rf"The history saved for {BACKEND} in .* cannot be read: "
    ) as caught:
        await archive.load(BACKEND)
    assert str(database.place) in str(caught.value)
    await archive.save(BACKEND, DATA, 2)
    assert await archive.load(BACKEND) == Saved(DATA, 2)


async def test_an_entry_of_another_version_is_told(database: Database) -> None:
    archive = SeriesArchive(database)
    await archive.save(BACKEND, DATA, 1)
    await damage(database, version=9)
    with pytest.raises(DamagedRow, match="it is of version 9, not 1"):
        await archive.load(BACKEND)


async def test_a_cancelled_save_leaves_the_one_before_or_the_new_one(database: Database) -> None:
    archive = SeriesArchive(database)
    old, new = Saved(b"old" * 100_000, 1), Saved(os.urandom(500_000), 2)
    for turns in range(40):
        await archive.save(BACKEND, old.data, old.saved_at)
        task = asyncio.create_task(archive.save(BACKEND, new.data, new.saved_at))
        for _ in range(turns):
            await asyncio.sleep(0)  # each turn of the loop cancels it at another step
        task.cancel()
        await asyncio.wait([task])
        assert await archive.load(BACKEND) in (old, new)
