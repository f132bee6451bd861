"""Brings the tables of a database up to date when it is opened."""

import logging

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncEngine

from ops_dashboard.storage.engine import BUSY_SECONDS, for_writing
from ops_dashboard.storage.errors import NewerSchema
from ops_dashboard.storage.place import Place

_log = logging.getLogger(__name__)
# A name of our own: a shared PostgreSQL database may hold tables of another program that uses Alembic.
VERSION_TABLE = "ops_dashboard_schema"
_LOCK = 0x6F70732D64617368
"""Number of the advisory lock on PostgreSQL: the letters "ops-dash"."""


async def bring_up_to_date(engine: AsyncEngine, place: Place) -> None:
    """Run the migrations that are missing, all in one transaction; of several processes, one does.

    Raises:
        NewerSchema: the database has migrations that this version does not know; nothing is changed.
        sqlalchemy.exc.DBAPIError: the database cannot be read or written.
    """
    async with engine.connect() as connection:
        if await connection.run_sync(_is_current, place):
            return
    async with for_writing(engine).begin() as connection:
        if connection.dialect.name == "postgresql":
            await connection.execute(text(f"SET LOCAL lock_timeout = '{BUSY_SECONDS}s'"))
            await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        await connection.run_sync(_upgrade, place)


def _upgrade(connection: Connection, place: Place) -> None:
    # Asked again: another process may have been first.
    if _is_current(connection, place):
        return
    before = _revision(connection)
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    _log.info("the database schema went from %s to %s", before or "nothing", _revision(connection))


def _is_current(connection: Connection, place: Place) -> bool:
    scripts = ScriptDirectory.from_config(_config())
    head, revision = scripts.get_current_head(), _revision(connection)
    if revision is not None and revision not in {script.revision for script in scripts.walk_revisions()}:
        raise NewerSchema(
            place.sentence(
                "{place} was made by a newer version of the dashboard ({cause}): run that version, or name"
                " another place there.",
                cause=f"its schema is {revision}, this version knows up to {head}",
            )
        )
    return revision == head


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(
        connection, opts={"version_table": VERSION_TABLE}
    ).get_current_revision()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "ops_dashboard.storage:migrations")
    return config
