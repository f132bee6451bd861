"""Writes the audit beside the actions: none waits for the database, and none fails with it."""

import asyncio
import logging
from collections import Counter, deque
from collections.abc import AsyncIterator
from contextlib import suppress

from ops_dashboard.domain.audit import BOUNDED, AuditEntry, AuditPage, AuditQuery
from ops_dashboard.domain.audit_limit import WINDOW_SECONDS, AuditLimit
from ops_dashboard.monitor.every import Every
from ops_dashboard.storage.audit import AuditStore
from ops_dashboard.storage.database import Database
from ops_dashboard.storage.errors import StorageError

log = logging.getLogger(__name__)

MOST_WAITING = 1_000
"""Rows that are kept for a database that is away; of more the oldest are lost, and the log says so."""
LAST_WRITE_SECONDS = 5.0
"""How long the end, or a reader, may wait for the last rows."""
FIRST_SECONDS = 5.0
"""How long a reader may wait for the database to be opened, just after the start."""
PRUNE_SECONDS = 3_600.0
"""How long more rows may stand than are to be kept: to look for them costs more than to write one."""
_AT_ONCE = 500


class AuditTrail:
    """Takes an entry at once and writes it as soon as there is a database. Lives on one event loop."""

    def __init__(self, backend: str) -> None:
        self._backend = backend
        self._limit = AuditLimit()
        self._waiting: deque[AuditEntry] = deque()
        self._store: AuditStore | None = None
        self._why = "The database is not open yet."
        self._known = asyncio.Event()
        """Set once it is known whether there is a database."""
        self._writing: asyncio.Task[None] | None = None
        self._summing: asyncio.TimerHandle | None = None
        self.noted: Counter[tuple[str, str]] = Counter()
        """How many entries there were since the start, by action and outcome, those of floods among them."""
        self._prune_due = Every(PRUNE_SECONDS)

    @property
    def waiting(self) -> int:
        """How many rows are not written yet."""
        return len(self._waiting)

    def note(self, entry: AuditEntry) -> None:
        """Keep one entry for good; returns at once. Of a flood some are only counted."""
        self.noted[entry.action, entry.outcome] += 1
        rows = self._limit.take(entry)
        if not rows and self._summing is None:
            self._summing = asyncio.get_running_loop().call_later(WINDOW_SECONDS, self._sum_up)
        self._keep(rows)

    async def attach(self, database: Database) -> None:
        """Write into this database from now on, first of all what has been waiting for one."""
        self._store = AuditStore(database)
        self._known.set()
        self._write()

    async def detach(self, why: str) -> None:
        """Write what there is, then keep further entries until there is a database again."""
        self._sum_up()
        await self._written()
        self._store, self._why = None, why
        self._known.set()
        if self._waiting or self._writing is not None:
            log.warning("event=audit-waiting entries=%d reason=%r", len(self._waiting), why)

    async def page(self, wanted: AuditQuery, limit: int) -> AuditPage:
        """The newest rows, with all that was noted before this call.

        Raises:
            StorageError: they cannot be read.
        """
        return await (await self._read()).page(self._backend, wanted, limit)

    async def pages(self, wanted: AuditQuery) -> AsyncIterator[tuple[AuditEntry, ...]]:
        """All rows, newest first, some hundred at a time: nothing else stands still meanwhile.

        Raises:
            StorageError: they cannot be read.
        """
        store = await self._read()
        rows, last = await store.older(self._backend, wanted, _AT_ONCE)
        yield rows
        while last is not None:
            rows, last = await store.older(self._backend, wanted, _AT_ONCE, last)
            yield rows

    async def _read(self) -> AuditStore:
        with suppress(TimeoutError):
            async with asyncio.timeout(FIRST_SECONDS):
                await self._known.wait()
        await self._written()
        if self._store is None:
            raise StorageError(self._why)
        return self._store

    async def _written(self) -> None:
        self._write()
        if self._writing is not None:
            await asyncio.wait([self._writing], timeout=LAST_WRITE_SECONDS)

    def _sum_up(self) -> None:
        if self._summing is not None:
            self._summing.cancel()
            self._summing = None
        self._keep(self._limit.sums())

    def _keep(self, rows: list[AuditEntry]) -> None:
        for row in rows:
            if len(self._waiting) >= MOST_WAITING:
                log.error("event=audit-lost entry=%r", self._least())
            self._waiting.append(row)
        self._write()

    def _least(self) -> AuditEntry:
        """Take out the oldest entry, if there is one of those that may come in floods."""
        place = next((at for at, one in enumerate(self._waiting) if one.action in BOUNDED), 0)
        lost = self._waiting[place]
        del self._waiting[place]
        return lost

    def _write(self) -> None:
        if self._store is not None and self._waiting and self._writing is None:
            self._writing = asyncio.create_task(self._write_all(self._store), name="audit")

    async def _write_all(self, store: AuditStore) -> None:
        """Write until nothing waits any more; what could not be written waits for the next occasion."""
        entries: tuple[AuditEntry, ...] = ()
        try:
            while entries := tuple(self._waiting):
                self._waiting.clear()
                await store.add(self._backend, entries)
                latest, entries = entries[-1], ()
                await self._prune(store, latest.at)
        except StorageError as error:
            log.error("event=audit-not-written entries=%d reason=%r", len(entries), str(error))
        finally:
            self._waiting.extendleft(reversed(entries))
            self._writing = None

    async def _prune(self, store: AuditStore, now: float) -> None:
        if self._prune_due.is_due(now):
            await store.prune(self._backend, now)
