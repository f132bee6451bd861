"""The open database: transactions for reading and for writing."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import TracebackType
from typing import Any, Self

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from ops_dashboard.settings import Settings
from ops_dashboard.storage.engine import for_writing, make_engine, use_write_ahead_log
from ops_dashboard.storage.errors import MissingDriver
from ops_dashboard.storage.explain import explained
from ops_dashboard.storage.file import prepare_file
from ops_dashboard.storage.place import Place, place_of
from ops_dashboard.storage.schema import bring_up_to_date
from ops_dashboard.storage.tables import Base


class Database:
    """A database whose tables are up to date; made by :func:`open_database`."""

    def __init__(self, engine: AsyncEngine, place: Place) -> None:
        self.place = place
        self._engine = engine
        self._writer = for_writing(engine)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """A transaction that sees one state of the database.

        Raises:
            StorageError: the database fails within the block.
        """
        with explained(self.place):
            async with AsyncSession(self._engine) as session:
                yield session

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncSession]:
        """A transaction that is committed, for good, when the block ends; nothing of it stays if it raises.

        On SQLite it has the right to write from its beginning, so what it reads cannot change before it
        writes. On PostgreSQL others write at the same time: compare and set in one statement.

        Raises:
            StorageError: the database fails within the block or at the commit.
            sqlalchemy.exc.IntegrityError: a constraint is broken.
        """
        with explained(self.place):
            async with AsyncSession(self._writer, expire_on_commit=False) as session, session.begin():
                yield session

    def insert(self, table: type[Base]) -> Any:
        """An INSERT of this kind of database, which knows ``on_conflict_do_update``."""
        return (postgresql.insert if self._engine.dialect.name == "postgresql" else sqlite.insert)(table)

    async def close(self) -> None:
        """Close all connections."""
        await self._engine.dispose()

    async def __aenter__(self) -> Self:
        """The database itself."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        await self.close()


async def open_database(settings: Settings) -> Database:
    """Open the database that the settings name, made if need be, and bring its tables up to date.

    ``async with await open_database(settings) as database: …``, or close it by hand.

    Raises:
        StorageError: it cannot be opened or used; the text says why and names the setting.
    """
    place = place_of(settings)
    try:
        engine = make_engine(place.url)
    except ModuleNotFoundError as error:
        raise MissingDriver(
            f"{place.variable} names PostgreSQL, whose driver is not installed:"
            " install ops-dashboard[postgresql]."
        ) from error
    try:
        with explained(place):
            if place.file is not None:
                # A directory of an address may be a mount that is missing: it is not made.
                make = settings.database_url is None
                await asyncio.to_thread(prepare_file, place.file, make_directory=make)
            await bring_up_to_date(engine, place)
            if place.file is not None:
                await use_write_ahead_log(engine)
    except BaseException:
        await engine.dispose()
        raise
    return Database(engine, place)
