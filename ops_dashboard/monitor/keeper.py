"""Keeps the past over a restart: restored at the start, saved every minute and at the end."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from typing import Protocol

from ops_dashboard.domain.series.store import Store
from ops_dashboard.monitor.alerts import Alerts
from ops_dashboard.settings import Settings
from ops_dashboard.storage.database import Database, open_database
from ops_dashboard.storage.errors import DamagedRow, StorageError
from ops_dashboard.storage.series_archive import SeriesArchive

log = logging.getLogger(__name__)

SAVE_SECONDS = 60.0
LAST_SAVE_SECONDS = 10.0
"""How long the end may wait for the last save."""
ENDING = "The dashboard is being stopped."


class DatabaseUser(Protocol):
    """What else uses the database while it is open."""

    async def attach(self, database: Database) -> None:
        """Use it from now on.

        Raises:
            StorageError: it could not be read.
        """
        ...

    async def detach(self, why: str) -> None:
        """Go on without, for the reason given."""
        ...


class Keeper:
    """Between the history and the database. A database that fails costs the memory of a restart, never the page.

    ``dump`` gives what is to be saved, ``adopt`` takes what was. ``backend`` tells the pasts of several backends
    apart. ``make_up`` gives a past to start with, where none younger than ``youngest`` seconds was saved.
    """

    def __init__(
        self,
        settings: Settings,
        backend: str,
        now: Callable[[], float],
        dump: Callable[[], bytes],
        adopt: Callable[[Store], None],
        alerts: Alerts,
        make_up: Callable[[], Store] | None = None,
        youngest: float = float("inf"),
        users: Sequence[DatabaseUser] = (),
    ) -> None:
        self._settings = settings
        self._backend = backend
        self._now = now
        self._dump = dump
        self._adopt = adopt
        self._alerts = alerts
        self._users = (alerts, *users)
        self._make_up = make_up
        self._youngest = youngest
        self._restored = False
        self.recalled = asyncio.Event()
        """Set once the first attempt to restore has come to an end, either way."""
        self.problem = ""
        """Why nothing is saved just now, a sentence for the operator; empty while all is well."""

    async def run(self) -> None:
        """Restore, then save until cancelled; a database that cannot be used is tried again every minute."""
        while True:
            try:
                async with await open_database(self._settings) as database:
                    await self._use(database)
            except StorageError as error:
                self._failed(error)
                await self._detach(str(error))
                if self._make_up is not None:
                    await self._start_without()  # else what was saved may be had later still
                await asyncio.sleep(SAVE_SECONDS)

    async def _use(self, database: Database) -> None:
        for user in self._users:
            await user.attach(database)
        archive = SeriesArchive(database)
        try:
            await self._keep(archive)
        except asyncio.CancelledError:
            await self._end(archive)
            raise
        finally:
            await self._detach(self.problem or ENDING)  # nobody uses it once it is closed

    async def _detach(self, why: str) -> None:
        for user in self._users:
            await user.detach(why)

    async def _keep(self, archive: SeriesArchive) -> None:
        """Ends a minute after something failed, so that the database is opened anew.

        In that minute the alerts may fare better: what they write is small, and they try more often.
        """
        try:
            await self._restore(archive)
            while True:
                await asyncio.sleep(SAVE_SECONDS)
                await self._save(archive)
        except StorageError as error:
            self._failed(error)
            await asyncio.sleep(SAVE_SECONDS)

    async def _end(self, archive: SeriesArchive) -> None:
        try:
            async with asyncio.timeout(LAST_SAVE_SECONDS):
                await self._alerts.flush()
                if self._restored:  # else the little that is known would replace what was saved
                    await self._save(archive)
        except StorageError as error:
            self._failed(error)
        except TimeoutError:
            log.error("event=history-not-saved reason='the last save took too long'")

    async def _restore(self, archive: SeriesArchive) -> None:
        if self._restored:
            return
        try:
            saved = await archive.load(self._backend)
            if saved is not None and self._now() - saved.saved_at <= self._youngest:
                store = Store()
                store.load(saved.data)
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

    async def _save(self, archive: SeriesArchive) -> None:
        await archive.save(self._backend, self._dump(), self._now())
        if self.problem:
            log.info("event=history-saved-again")
            self.problem = ""

    def _failed(self, error: StorageError) -> None:
        self.recalled.set()
        if str(error) != self.problem:
            log.error("event=history-not-saved reason=%r", str(error))
        self.problem = str(error)
