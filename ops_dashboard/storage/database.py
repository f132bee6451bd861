"""The open database: transactions for reading and for writing."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import URL
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession

from ops_dashboard.settings import Settings
from ops_dashboard.storage.engine import break_off, for_writing, make_engine, use_write_ahead_log
from ops_dashboard.storage.errors import (
    BrokenDatabase,
    MissingDriver,
    Moved,
    StorageError,
    Unreachable,
    Unwritable,
)
from ops_dashboard.storage.explain import explained
from ops_dashboard.storage.file import copy_file, identities, prepare_file
from ops_dashboard.storage.place import Place, place_of
from ops_dashboard.storage.schema import bring_up_to_date
from ops_dashboard.storage.server import hold_server, is_held, require_unicode
from ops_dashboard.storage.sound import require_sound
from ops_dashboard.storage.tables import Base

LONGEST_SECONDS = 5.0
"""How long a transaction may take, and opening, before its connection is broken off."""
CLOSING_SECONDS = 0.5
"""How long closing waits for transactions under way, before it breaks off their connections; and then again."""


class Database:
    """A database whose tables are up to date; made by :func:`open_database`."""

    def __init__(self, engine: AsyncEngine, place: Place) -> None:
        self.place = place
        self.unwritable = ""
        """Why nothing is written here, a sentence; empty where it can be."""
        self.stale = asyncio.Event()
        """Set when it has to be opened anew before it can be written again."""
        self._engine = engine
        self._writer = for_writing(engine)
        self._turn = asyncio.Lock()
        """One writer at a time on SQLite: what waits there longer is another program's fault."""
        self._under_way = 0
        self._idle = asyncio.Event()
        self._idle.set()
        self._identities = identities(place.file) if place.file else ()
        self._held: AsyncConnection | None = None

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """A transaction that sees one state of the database.

        Raises:
            StorageError: anything fails within the block, or it takes too long.
        """
        with self._bounded(), explained(self.place):
            async with AsyncSession(self._engine) as session:
                yield session

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncSession]:
        """A transaction that is committed, for good, when the block ends; nothing of it stays if it raises.

        On SQLite it has the right to write from its beginning, so what it reads cannot change before it
        writes.

        Raises:
            StorageError: anything fails within the block or at the commit, or it takes too long.
        """
        if self.unwritable:
            raise Unwritable(self.unwritable)
        try:
            with self._bounded(), explained(self.place):
                new = AsyncSession(self._writer, expire_on_commit=False)
                async with self._turn, new as session, session.begin():
                    yield session
            if self.place.file is not None:
                await self.check()
        except (Unwritable, BrokenDatabase, Moved):
            self.stale.set()
            raise

    async def check(self) -> None:
        """See that what was written can be found: the file is in its place, or the server still knows us.

        Raises:
            StorageError: it must be opened anew, and what is known be written anew.
        """
        try:
            if self._held is not None:
                with self._bounded(), explained(self.place):
                    await is_held(self._held)
            elif self.place.file is not None:
                with explained(self.place):
                    found = await asyncio.to_thread(identities, self.place.file)
                if any(known not in (None, now) for known, now in zip(self._identities, found, strict=True)):
                    raise Moved(self.place.sentence("{place} was deleted or replaced while it was open."))
                self._identities = found
        except StorageError:
            self.stale.set()
            raise

    async def hold(self, name: str) -> None:
        """On a server: be the only process that works under this name, for as long as this is open.

        Raises:
            InUse: another one does.
            StorageError: the server fails.
        """
        if self.place.file is None:
            with self._bounded(), explained(self.place):
                self._held = await hold_server(self._engine, name, self.place)

    def insert(self, table: type[Base]) -> Any:
        """An INSERT of this kind of database, which knows ``on_conflict_do_update``."""
        return (postgresql.insert if self._engine.dialect.name == "postgresql" else sqlite.insert)(table)

    async def close(self) -> None:
        """Close all connections; takes no longer than twice :data:`CLOSING_SECONDS`."""
        closing = asyncio.create_task(self._close(), name="closing the database")
        if not (await asyncio.wait([closing], timeout=CLOSING_SECONDS))[0]:
            break_off(self._engine)
            await asyncio.wait([closing], timeout=CLOSING_SECONDS)

    async def _close(self) -> None:
        with explained(self.place):
            await self._idle.wait()
            if self._held is not None:
                await self._held.close()
            await self._engine.dispose()

    @contextmanager
    def _bounded(self) -> Iterator[None]:
        self._under_way += 1
        self._idle.clear()
        try:
            with bounded(self._engine, self.place):
                yield
        finally:
            self._under_way -= 1
            if not self._under_way:
                self._idle.set()

    async def __aenter__(self) -> Self:
        """The database itself."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        await self.close()


@contextmanager
def bounded(engine: AsyncEngine, place: Place) -> Iterator[None]:
    """Break off the connections of ``engine`` when the block takes longer than :data:`LONGEST_SECONDS`.

    Raises:
        Unreachable: it did.
    """
    late = False

    def end() -> None:
        nonlocal late
        late = True
        break_off(engine)

    timer = asyncio.get_running_loop().call_later(LONGEST_SECONDS, end)
    try:
        yield
    except StorageError:
        if late:
            raise Unreachable(place.sentence("{place} does not answer.")) from None
        raise
    finally:
        timer.cancel()


async def open_database(settings: Settings) -> Database:
    """Open the database that the settings name, made if need be, and bring its tables up to date.

    ``async with await open_database(settings) as database: …``, or close it by hand.

    Raises:
        StorageError: it cannot be opened or used; the text says why and names the setting.
    """
    place = place_of(settings)

    async def prepare(engine: AsyncEngine) -> None:
        if place.file is not None:
            # A directory of an address may be a mount that is missing: it is not made.
            make = settings.database_url is None
            await asyncio.to_thread(prepare_file, place.file, make_directory=make)
        else:
            await require_unicode(engine, place)
        await bring_up_to_date(engine, place)
        if place.file is not None:
            await use_write_ahead_log(engine)
            await require_sound(engine, place, place.file.stat().st_size)

    return await _open(place, place.url, prepare)


@asynccontextmanager
async def open_copy(settings: Settings) -> AsyncIterator[Database]:
    """Open a copy of an SQLite database that cannot be written, to read what it holds.

    Raises:
        StorageError: there is none, or it cannot be read either.
    """
    place = place_of(settings)
    file = place.file
    if file is None or not file.exists():
        raise Unwritable(place.sentence("{place} cannot be read: there is no file."))
    with tempfile.TemporaryDirectory(prefix="ops-dashboard-") as name:
        with explained(place):
            await asyncio.to_thread(copy_file, file, Path(name))
        copy = place.url.set(database=str(Path(name) / file.name))
        async with await _open(place, copy, lambda engine: bring_up_to_date(engine, place)) as database:
            database.unwritable = place.sentence("{place} cannot be written.")
            yield database


async def _open(
    place: Place, url: URL, prepare: Callable[[AsyncEngine], Coroutine[Any, Any, None]]
) -> Database:
    try:
        engine = make_engine(url)
    except ModuleNotFoundError as error:
        raise MissingDriver(
            f"{place.variable} names PostgreSQL, whose driver is not installed:"
            " install ops-dashboard[postgresql]."
        ) from error
    try:
        with bounded(engine, place), explained(place):
            await prepare(engine)
            return Database(engine, place)
    except BaseException:
        break_off(engine)
        await asyncio.wait([asyncio.create_task(engine.dispose())], timeout=CLOSING_SECONDS)
        raise
