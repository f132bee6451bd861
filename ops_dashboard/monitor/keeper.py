"""Opens the database for all who use it, again and again until it works, and keeps the past over a restart."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Protocol

from ops_dashboard.domain.series.store import Store
from ops_dashboard.monitor.writer import Backoff, Writer
from ops_dashboard.settings import Settings
from ops_dashboard.storage.database import Database, open_copy, open_database
from ops_dashboard.storage.errors import DamagedRow, StorageError, Unwritable
from ops_dashboard.storage.series_archive import SeriesArchive

log = logging.getLogger(__name__)

SAVE_SECONDS = 60.0
CHECK_SECONDS = 5.0
"""How often it is looked whether the database is still in its place."""
STEADY_SECONDS = 30.0
"""A database that worked for so long is tried again at once when it fails."""
LAST_SAVE_SECONDS = 1.5
"""How long the end may wait for the last save."""
ENDING = "The dashboard is being stopped."


class DatabaseUser(Protocol):
    """What else uses the database while it is open."""

    @property
    def problem(self) -> str:
        """Why a restart would lose something; empty while all is saved."""
        ...

    async def attach(self, database: Database) -> None:
        """Use it from now on; first of all write what it does not have.

        Raises:
            StorageError: it could not be read.
        """
        ...

    async def detach(self, why: str) -> None:
        """Go on without, for the reason given."""
        ...

    async def flush(self, within: float) -> None:
        """Write what waits, for at most so many seconds."""
        ...


class Keeper:
    """Between the database and its users. A database that fails costs the memory of a restart, never the page.

    ``dump`` gives what is to be saved of the past, ``adopt`` takes what was. ``backend`` tells the pasts of
    several backends apart. ``make_up`` gives a past to start with, where none younger than ``youngest`` seconds
    was saved. ``changed()`` is called when :attr:`problem` may have changed.
    """

    def __init__(
        self,
        settings: Settings,
        backend: str,
        now: Callable[[], float],
        dump: Callable[[], bytes],
        adopt: Callable[[Store], None],
        make_up: Callable[[], Store] | None = None,
        youngest: float = float("inf"),
        users: Sequence[DatabaseUser] = (),
        changed: Callable[[], None] = lambda: None,
    ) -> None:
        self._settings = settings
        self._backend = backend
        self._now = now
        self._dump = dump
        self._adopt = adopt
        self._users = tuple(users)
        self._make_up = make_up
        self._youngest = youngest
        self._changed = changed
        self._series = Writer("history", self._save, changed)
        self._attached = self._restored = False
        self._why = ""
        self.recalled = asyncio.Event()
        """Set once the first attempt to restore has come to an end, either way."""

    @property
    def problem(self) -> str:
        """Why a restart would lose something, a sentence for the operator; empty while all is saved."""
        problems = (self._series.problem, *(user.problem for user in self._users))
        return next((one for one in problems if one), "")

    async def run(self) -> None:
        """Open the database and let everybody use it, until cancelled; after a failure again, by itself."""
        loop, backoff = asyncio.get_running_loop(), Backoff()
        while True:
            began = loop.time()
            try:
                async with await open_database(self._settings) as database:
                    await self._use(database)
            except StorageError as error:
                if not self._attached and isinstance(error, Unwritable):
                    await self._read_copy()
                await self._go_without(str(error))
            except Exception as error:
                log.exception("event=unforeseen what=keeper")
                await self._go_without(f"An error in this dashboard, see its log: {type(error).__name__}.")
            if loop.time() - began >= STEADY_SECONDS:
                backoff.reset()
            await asyncio.sleep(backoff.take())

    async def _use(self, database: Database) -> None:
        """Raises StorageError when the database must be opened anew."""
        why = ENDING
        try:
            await database.hold(self._backend)
            await self._attach(database)
            self._series.attach(database)
            if self._why:
                log.info("event=database-usable-again")
                self._why = ""
            await self._watch(database)
        except asyncio.CancelledError:
            await self._end()
            raise
        except StorageError as error:
            why = str(error)
            raise
        finally:
            await self._detach(why)  # nobody uses it once it is closed

    async def _attach(self, database: Database) -> None:
        for user in self._users:
            await user.attach(database)
        await self._restore(SeriesArchive(database))
        self._attached = True

    async def _watch(self, database: Database) -> None:
        loop = asyncio.get_running_loop()
        saved_at = loop.time()
        while not database.stale.is_set():
            with suppress(TimeoutError):
                async with asyncio.timeout(CHECK_SECONDS):
                    await database.stale.wait()
            await database.check()
            if loop.time() - saved_at >= SAVE_SECONDS:
                saved_at = loop.time()
                self._series.wake()
        raise StorageError(self.problem or "The database is opened anew.")

    async def _read_copy(self) -> None:
        """Let everybody read what a database holds that cannot be written."""
        try:
            async with open_copy(self._settings) as database:
                await self._attach(database)
        except StorageError as error:
            log.error("event=database-not-read reason=%r", str(error))

    async def _detach(self, why: str) -> None:
        self._series.detach(why)
        for user in self._users:
            await user.detach(why)
        self._changed()

    async def _go_without(self, why: str) -> None:
        if why != self._why:
            log.error("event=database-unusable reason=%r", why)
        self._why = why
        await self._detach(why)
        if self._make_up is not None:
            await self._start_without()  # else what was saved may be had later still
        self.recalled.set()

    async def _end(self) -> None:
        flushes = [asyncio.create_task(user.flush(LAST_SAVE_SECONDS)) for user in self._users]
        series = asyncio.create_task(self._series.saved(LAST_SAVE_SECONDS))
        await asyncio.wait([*flushes, series], timeout=LAST_SAVE_SECONDS)
        if self._restored and not (series.done() and series.result()):
            why = self._series.problem or "the last save took too long"
            log.error("event=history-not-saved reason=%r", why)

    async def _restore(self, archive: SeriesArchive) -> None:
        if self._restored:
            return
        try:
            saved = await archive.load(self._backend)
            if saved is not None and self._now() - saved.saved_at <= self._youngest:
                store = Store()
                await asyncio.to_thread(store.load, saved.data)
                self._adopt(store)
                self._restored = True
                log.info("event=history-restored series=%d", len(store))
        except (DamagedRow, ValueError) as error:
            log.error("event=history-damaged reason=%r", str(error))
        await self._start_without()

    async def _start_without(self) -> None:
        """Begin with a past that is made up, where there is one, or with none."""
        if not self._restored and self._make_up is not None:
            self._adopt(await asyncio.to_thread(self._make_up))
        self._restored = True
        self.recalled.set()

    async def _save(self, database: Database) -> None:
        await SeriesArchive(database).save(self._backend, self._dump(), self._now())
