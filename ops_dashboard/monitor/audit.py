"""Writes the audit beside the actions: none waits for the database, and none fails with it."""

import asyncio
import logging
from collections import Counter, deque
from collections.abc import AsyncIterator, Callable
from contextlib import suppress

from ops_dashboard.domain.audit import BOUNDED, AuditEntry, AuditPage, AuditQuery
from ops_dashboard.domain.audit_limit import WINDOW_SECONDS, AuditLimit
from ops_dashboard.monitor.every import Every
from ops_dashboard.monitor.writer import NOT_OPEN, Writer
from ops_dashboard.storage.audit import AuditStore
from ops_dashboard.storage.database import Database
from ops_dashboard.storage.errors import StorageError, concerns_one_entry

log = logging.getLogger(__name__)

MOST_WAITING = 1_000
"""Rows that are kept for a database that is away; of more the oldest are lost, and the log says so."""
READER_SECONDS = 2.0
"""How long a reader may wait for the last rows to be written."""
FIRST_SECONDS = 5.0
"""How long a reader may wait for the database to be opened, just after the start."""
PRUNE_SECONDS = 3_600.0
"""How long more rows may stand than are to be kept: to look for them costs more than to write one."""
_AT_ONCE = 500


class AuditTrail:
    """Takes an entry at once and writes it as soon as there is a database. Lives on one event loop.

    ``changed()`` is called when :attr:`problem` may have changed.
    """

    def __init__(self, backend: str, changed: Callable[[], None] = lambda: None) -> None:
        self._backend = backend
        self._limit = AuditLimit()
        self._waiting: deque[AuditEntry] = deque()
        self._writing: tuple[AuditEntry, ...] = ()
        self._aside: list[AuditEntry] = []
        """Rows that cannot be written though others can."""
        self._store: AuditStore | None = None
        self._known = asyncio.Event()
        """Set once it is known whether there is a database."""
        self._writer = Writer("audit", self._write, changed)
        self._summing: asyncio.TimerHandle | None = None
        self.noted: Counter[tuple[str, str]] = Counter()
        """How many entries there were since the start, by action and outcome, those of floods among them."""
        self._prune_due = Every(PRUNE_SECONDS)

    @property
    def waiting(self) -> int:
        """How many rows are not written yet, those that are being written among them."""
        return len(self._waiting) + len(self._writing) + len(self._aside)

    @property
    def problem(self) -> str:
        """Why a restart would lose rows; empty while all are written."""
        return self._writer.problem

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
        self._writer.attach(database)
        self._known.set()

    async def detach(self, why: str) -> None:
        """Keep further entries until there is a database again."""
        self._store = None
        self._writer.detach(why)
        self._known.set()

    async def flush(self, within: float) -> None:
        """Write what there is, as before the end; for at most so many seconds."""
        self._sum_up()
        if not await self._writer.saved(within) and self.waiting:
            log.error("event=audit-lost entries=%d reason=%r", self.waiting, self.problem)

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
        if self.waiting:
            await self._writer.saved(READER_SECONDS)
        if self._store is None:
            raise StorageError(self.problem or NOT_OPEN)
        return self._store

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
        if rows:
            self._writer.wake()

    def _least(self) -> AuditEntry:
        """Take out the oldest entry, if there is one of those that may come in floods."""
        place = next((at for at, one in enumerate(self._waiting) if one.action in BOUNDED), 0)
        lost = self._waiting[place]
        del self._waiting[place]
        return lost

    async def _write(self, database: Database) -> None:
        """Write until nothing waits any more.

        Raises:
            StorageError: something could not be written; the rest was, if the database works.
        """
        store = AuditStore(database)
        aside, self._aside = self._aside, []
        self._waiting.extendleft(reversed(aside))
        problem, latest = "", 0.0
        while self._waiting:
            self._writing = tuple(self._waiting)
            self._waiting.clear()
            try:
                await store.add(self._backend, self._writing)
                latest, self._writing = self._writing[-1].at, ()
            except StorageError as error:
                if not concerns_one_entry(error):
                    raise
                problem = await self._write_each(store)
            finally:
                self._waiting.extendleft(reversed(self._writing))
                self._writing = ()
        if problem:
            raise StorageError(f"{len(self._aside):,} rows of the audit cannot be saved: {problem}")
        if latest and self._prune_due.is_due(latest):
            await store.prune(self._backend, latest)

    async def _write_each(self, store: AuditStore) -> str:
        """Why some rows could not be written, which are set aside; empty where all could."""
        problem = ""
        while self._writing:
            try:
                await store.add(self._backend, self._writing[:1])
            except StorageError as error:
                if not concerns_one_entry(error):
                    raise
                problem = str(error)
                self._aside.append(self._writing[0])
            self._writing = self._writing[1:]
        return problem
