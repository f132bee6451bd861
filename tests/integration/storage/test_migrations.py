"""Databases of earlier versions, with what is in them, become those of this one."""

from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import CheckConstraint, Connection, create_engine, inspect

from ops_dashboard.settings import Settings
from ops_dashboard.storage.database import Database, open_database
from ops_dashboard.storage.engine import for_writing, make_engine
from ops_dashboard.storage.incidents import IncidentStore
from ops_dashboard.storage.place import place_of
from ops_dashboard.storage.preferences import PreferenceStore
from ops_dashboard.storage.schema import _config
from ops_dashboard.storage.series_archive import Saved, SeriesArchive
from ops_dashboard.storage.tables import Base
from tests.integration.storage.alerts import BACKEND, opened, save

Checks = dict[str, dict[str, str]]


def upgrade(connection: Connection, revision: str) -> None:
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def checks(connection: Connection) -> Checks:
    """The conditions of each table, by name."""
    inspector = inspect(connection)
    return {
        table: {
            str(check["name"]): " ".join(check["sqltext"].split())
            for check in inspector.get_check_constraints(table)
        }
        for table in Base.metadata.tables
    }


async def test_a_database_with_series_alone_gets_the_tables_of_alerts_and_keeps_them(
    settings: Settings,
) -> None:
    engine = make_engine(place_of(settings).url)
    async with for_writing(engine).begin() as connection:
        await connection.run_sync(upgrade, "0001")
        await connection.exec_driver_sql(
            "INSERT INTO series_archive (backend, saved_at, version, data) VALUES ('x', 1.5, 9, 'y')"
        )
    await engine.dispose()
    async with await open_database(settings) as database:
        async with database.reading() as session:
            found = (await (await session.connection()).exec_driver_sql("SELECT * FROM series_archive")).all()
        assert [tuple(row)[:3] for row in found] == [("x", 1.5, 9)]
        one = opened("a")
        await save(IncidentStore(database), one)
        assert (await IncidentStore(database).load(BACKEND)).states == {one.state.key: one.state}
        await PreferenceStore(database).save(BACKEND, "a", {"warning": 7}, "ana", 1)
        await SeriesArchive(database).save("x", b"new", 2)
        assert await SeriesArchive(database).load("x") == Saved(b"new", 2)


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
async def test_the_conditions_are_those_of_the_code(database: Database, tmp_path: Path) -> None:
    made = create_engine(f"sqlite:///{tmp_path}/made.db")
    Base.metadata.create_all(made)
    with made.connect() as connection:
        expected = checks(connection)
    made.dispose()
    async with database.reading() as session:
        assert await (await session.connection()).run_sync(lambda sync: checks(sync)) == expected
    named = {
        (table.name, str(check.name))
        for table in Base.metadata.tables.values()
        for check in table.constraints
        if isinstance(check, CheckConstraint)
    }
    assert len(named) == sum(map(len, expected.values())) == 5
