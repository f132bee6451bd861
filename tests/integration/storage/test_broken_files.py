"""SQLite files that cannot be used: what the operator is told, and what still works."""

import os
import random
import sqlite3
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import event, text

from ops_dashboard.domain.alerts.history import Filter
from ops_dashboard.settings import Settings
from ops_dashboard.storage import engine
from ops_dashboard.storage.database import open_copy, open_database
from ops_dashboard.storage.errors import BrokenDatabase, DiskFull, Locked, StorageError, Unwritable
from ops_dashboard.storage.incidents import IncidentStore
from ops_dashboard.storage.series_archive import Saved, SeriesArchive
from tests.integration.storage.alerts import BACKEND, opened, save

_NOBODY = 65534
_PAGE = 4096


def settings(directory: Path) -> Settings:
    return Settings(data_dir=directory, database_url=None)


async def refusal(configured: Settings, kind: type[StorageError]) -> str:
    with pytest.raises(kind) as caught:
        await open_database(configured)
    sentence = str(caught.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


@pytest.fixture
async def without_privileges(tmp_path: Path) -> AsyncIterator[Path]:
    """A directory of a user who is bound by its permissions, as root is not."""
    # That user may be unable to read the modules that Python loads only when they are needed.
    async with await open_database(settings(tmp_path)):
        pass
    with tempfile.TemporaryDirectory(prefix="ops-storage-") as name:
        was_root = os.geteuid() == 0
        if was_root:
            os.chown(name, _NOBODY, _NOBODY)
            os.seteuid(_NOBODY)
        try:
            yield Path(name)
        finally:
            os.chmod(name, 0o700)
            if was_root:
                os.seteuid(0)


async def test_a_directory_that_cannot_be_written_is_named(without_privileges: Path) -> None:
    without_privileges.chmod(0o500)
    place = f"The database {without_privileges}/ops.db (OPS_DATA_DIR) cannot be opened or written"
    assert (await refusal(settings(without_privileges), Unwritable)).startswith(place)


async def test_a_directory_that_cannot_be_made_is_named(without_privileges: Path) -> None:
    without_privileges.chmod(0o500)
    sentence = await refusal(settings(without_privileges / "sub"), Unwritable)
    assert sentence == (
        f"The database {without_privileges}/sub/ops.db (OPS_DATA_DIR) cannot be made: Permission denied."
    )


async def test_a_directory_that_became_unwritable_is_told_at_the_next_start(without_privileges: Path) -> None:
    async with await open_database(settings(without_privileges)):
        pass
    without_privileges.chmod(0o500)
    assert "OPS_DATA_DIR" in await refusal(settings(without_privileges), Unwritable)


async def test_a_file_in_place_of_the_directory_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert "cannot be made: File exists" in await refusal(settings(tmp_path / "file"), Unwritable)


async def test_a_directory_in_place_of_the_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "ops.db").mkdir()
    assert "cannot be opened or written" in await refusal(settings(tmp_path), Unwritable)


async def test_the_directory_of_an_address_is_not_made(tmp_path: Path) -> None:
    configured = Settings(
        data_dir=tmp_path, database_url=SecretStr(f"sqlite+aiosqlite:///{tmp_path}/none/ops.db")
    )
    assert "none/ops.db (OPS_DATABASE_URL) cannot be opened" in await refusal(configured, Unwritable)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"hello", b"{}" * 5000, os.urandom(10_000)], ids=len)
async def test_a_file_that_is_no_database_is_told_and_not_touched(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "ops.db").write_bytes(content)
    sentence = await refusal(settings(tmp_path), BrokenDatabase)
    assert sentence == (
        f"The database {tmp_path}/ops.db (OPS_DATA_DIR) is no SQLite database:"
        " move the file away, or name another place."
    )
    assert (tmp_path / "ops.db").read_bytes() == content


async def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    async with await open_database(settings(tmp_path)) as database:
        await SeriesArchive(database).save("x", os.urandom(50_000), 1)
    file = tmp_path / "ops.db"
    pages = file.read_bytes()
    garbage = random.Random(1).randbytes(len(pages) - _PAGE)
    file.write_bytes(pages[:_PAGE] + garbage)
    assert "is damaged: put a copy of it" in await refusal(settings(tmp_path), BrokenDatabase)


async def test_a_full_disk_is_told_and_keeps_what_was_saved(tmp_path: Path) -> None:
    async with await open_database(settings(tmp_path)) as database:
        archive = SeriesArchive(database)
        await archive.save("x", b"before", 1)

        def fill(connection: sqlite3.Connection, _: object) -> None:
            cursor = connection.cursor()
            cursor.execute("PRAGMA max_page_count = 10")
            cursor.close()

        async with database.reading() as session:
            pool = (await session.connection()).sync_engine.pool
        event.listen(pool, "checkout", lambda connection, record, _: fill(connection, record))
        with pytest.raises(DiskFull, match="the disk is full"):
            await archive.save("x", os.urandom(100_000), 2)
        assert await archive.load("x") == Saved(b"before", 1)
        await archive.save("x", b"after", 3)
        assert await archive.load("x") == Saved(b"after", 3)


async def test_a_lock_of_another_program_is_waited_for_and_then_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.2)
    async with await open_database(settings(tmp_path)) as database:
        archive = SeriesArchive(database)
        await archive.save("x", b"before", 1)
        other = sqlite3.connect(tmp_path / "ops.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Locked, match=r"\(OPS_DATA_DIR\) is locked by another program\.$"):
            await archive.save("x", b"after", 2)
        assert await archive.load("x") == Saved(b"before", 1)
        other.execute("ROLLBACK")
        other.close()
        await archive.save("x", b"after", 2)
        assert await archive.load("x") == Saved(b"after", 2)


async def test_a_file_locked_at_the_start_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.2)
    other = sqlite3.connect(tmp_path / "ops.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    assert "locked by another program" in await refusal(settings(tmp_path), Locked)
    other.close()
    async with await open_database(settings(tmp_path)) as database:
        assert await SeriesArchive(database).load("x") is None


async def test_unwritable_database_is_read_from_a_copy(without_privileges: Path) -> None:
    configured = settings(without_privileges)
    async with await open_database(configured) as database:
        await SeriesArchive(database).save("x", b"before", 1)
    (without_privileges / "ops.db").chmod(0o400)
    without_privileges.chmod(0o500)
    await refusal(configured, Unwritable)
    async with open_copy(configured) as copy:
        assert await SeriesArchive(copy).load("x") == Saved(b"before", 1)
        with pytest.raises(Unwritable, match="cannot be written"):
            await SeriesArchive(copy).save("x", b"after", 2)


@pytest.mark.parametrize("column", ["severity", "worst", "opened_at"])
async def test_incident_that_cannot_be_read_does_not_block_others(tmp_path: Path, column: str) -> None:
    async with await open_database(settings(tmp_path)) as database:
        store, odd, other = IncidentStore(database), opened("a"), opened("b")
        await save(store, odd, other)
        async with database.writing() as session:
            await session.execute(text("PRAGMA ignore_check_constraints = ON"))
            await session.execute(text(f"UPDATE incident SET {column} = 'odd' WHERE target = 'a'"))
        page = await store.history(BACKEND, Filter(), 0, 10)
        assert [row.target for row in page.rows] == ["b"]
        odd.sees(12.0)
        await save(store, odd, other)
        page = await store.history(BACKEND, Filter(), 0, 10)
        assert {row.target: row.worst for row in page.rows} == {"a": "critical", "b": "warning"}
