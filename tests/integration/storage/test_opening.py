"""Opening a database: made from nothing, found as it is, refused when it is newer."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from pydantic import SecretStr
from sqlalchemy import Connection, Engine, event, inspect, text

from ops_dashboard.settings import Settings
from ops_dashboard.storage.database import Database, open_database
from ops_dashboard.storage.errors import NewerSchema, StorageError
from ops_dashboard.storage.schema import VERSION_TABLE
from ops_dashboard.storage.series_archive import SeriesArchive
from ops_dashboard.storage.tables import Base

TABLES = {
    "series_archive",
    "alert_state",
    "incident",
    "transition",
    "preference",
    "preference_change",
    "audit",
    "embedding_run",
    VERSION_TABLE,
}


async def tables(database: Database) -> set[str]:
    async with database.reading() as session:
        connection = await session.connection()
        return set(await connection.run_sync(lambda sync: inspect(sync).get_table_names()))


@contextmanager
def failing_before(start: str) -> Iterator[None]:
    """Every statement that begins so fails."""

    def fail(_: Connection, __: Any, statement: str, *___: Any) -> None:
        if statement.startswith(start):
            raise LookupError(statement)

    event.listen(Engine, "before_cursor_execute", fail)
    try:
        yield
    finally:
        event.remove(Engine, "before_cursor_execute", fail)


async def test_an_empty_place_gets_all_tables(database: Database) -> None:
    assert await tables(database) == TABLES


async def test_the_migrations_lead_to_the_tables_of_the_code(database: Database) -> None:
    def differences(connection: Connection) -> list[Any]:
        context = MigrationContext.configure(
            connection, opts={"version_table": VERSION_TABLE, "compare_server_default": True}
        )
        return compare_metadata(context, Base.metadata)

    async with database.reading() as session:
        assert await (await session.connection()).run_sync(differences) == []


async def test_opening_again_changes_nothing(settings: Settings) -> None:
    async with await open_database(settings) as first:
        await SeriesArchive(first).save("x", b"data", 1)
    with failing_before("CREATE"):
        async with await open_database(settings) as second:
            saved = await SeriesArchive(second).load("x")
    assert saved is not None
    assert saved.data == b"data"


async def test_many_may_open_an_empty_place_at_once(settings: Settings) -> None:
    opened = await asyncio.gather(*(open_database(settings) for _ in range(6)))
    assert all([await tables(database) == TABLES for database in opened])
    for database in opened:
        await database.close()


async def test_a_migration_that_fails_leaves_nothing_behind(settings: Settings) -> None:
    with failing_before(f"INSERT INTO {VERSION_TABLE}"), pytest.raises(StorageError, match="LookupError"):
        await open_database(settings)
    with failing_before("INSERT INTO nothing"):
        async with await open_database(settings) as database:
            assert await tables(database) == TABLES


async def test_a_newer_database_is_refused_and_left_as_it_is(settings: Settings) -> None:
    async with await open_database(settings) as database, database.writing() as session:
        await session.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))
    with pytest.raises(NewerSchema) as caught:
        await open_database(settings)
    sentence = str(caught.value)
    assert "was made by a newer version of the dashboard (its schema is 9999, this version knows" in sentence
    assert ("OPS_DATA_DIR" if settings.database_url is None else "OPS_DATABASE_URL") in sentence
    assert "\n" not in sentence


async def test_tables_of_another_program_are_left_alone(settings: Settings) -> None:
    async with await open_database(settings) as database, database.writing() as session:
        await session.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
        await session.execute(text("INSERT INTO alembic_version VALUES ('of another program')"))
    async with await open_database(settings) as database, database.reading() as session:
        found = await session.execute(text("SELECT version_num FROM alembic_version"))
        assert found.scalars().all() == ["of another program"]


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
async def test_what_sqlite_commits_outlasts_a_power_cut(database: Database) -> None:
    for block in (database.reading, database.writing):
        async with block() as session:
            pragmas = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
            found = [(await session.execute(text(f"PRAGMA {name}"))).scalar_one() for name in pragmas]
        assert found == ["wal", 2, 1, 2000]  # 2: FULL


async def test_the_data_directory_is_made_for_this_user_alone(tmp_path: Path) -> None:
    directory = tmp_path / "not yet" / "there"
    async with await open_database(Settings(data_dir=directory, database_url=None)):
        assert (directory / "ops.db").exists()
    assert directory.stat().st_mode & 0o777 == 0o700


async def test_an_address_names_the_file_itself(tmp_path: Path) -> None:
    file = tmp_path / "other.db"
    configured = Settings(data_dir=tmp_path / "unused", database_url=SecretStr(f"sqlite+aiosqlite:///{file}"))
    async with await open_database(configured):
        assert file.exists()
    assert not (tmp_path / "unused").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["other.db"]


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
async def test_files_are_private_in_a_folder_that_existed(settings: Settings) -> None:
    settings.data_dir.chmod(0o755)
    async with await open_database(settings) as database:
        await SeriesArchive(database).save("x", b"data", 1)
        modes = {path.name: path.stat().st_mode & 0o777 for path in settings.data_dir.iterdir()}
    assert modes == dict.fromkeys(("ops.db", "ops.db-wal", "ops.db-shm"), 0o600)
    (settings.data_dir / "ops.db").chmod(0o644)
    async with await open_database(settings):
        assert (settings.data_dir / "ops.db").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
async def test_second_row_in_the_schema_table_is_told(settings: Settings) -> None:
    async with await open_database(settings) as database, database.writing() as session:
        await session.execute(text(f"INSERT INTO {VERSION_TABLE} VALUES ('0001')"))
    with pytest.raises(StorageError, match="Version table"):
        await open_database(settings)
