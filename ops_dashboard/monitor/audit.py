"""Writes the audit beside the actions: none waits for the database, and none fails with it."""

import asyncio
import logging
from collections import deque

from ops_dashboard.domain.audit import AuditEntry
from ops_dashboard.storage.audit import AuditStore
from ops_dashboard.storage.database import Database
from ops_dashboard.storage.errors import StorageError

log = logging.getLogger(__name__)

MOST_WAITING = 1_000
"""Rows that are kept for a database that is away; of more the oldest are lost, and the log says so."""
LAST_WRITE_SECONDS = 5.0
"""How long the end may wait for the last rows."""


class AuditTrail:
    """Takes an entry at once and writes it as soon as there is a database. Lives on one event loop."""

    def __init__(self, backend: str) -> None:
        self._backend = backend
        self._waiting: deque[AuditEntry] = deque()
        self._store: AuditStore | None = None
        self._writing: asyncio.Task[None] | None = None

    def note(self, entry: AuditEntry) -> None:
        """Keep one entry for good; returns at once."""
        if len(self._waiting) >= MOST_WAITING:
            log.error("event=audit-lost entry=%r", self._waiting.popleft())
        self._waiting.append(entry)
        self._write()

    async def attach(self, database: Database) -> None:
        """Write into this database from now on, first of all what has been waiting for one."""
        self._store = AuditStore(database)
        self._write()

    async def detach(self, why: str) -> None:
        """Write what there is, then keep further entries until there is a database again."""
        self._write()
        if self._writing is not None:
            await asyncio.wait([self._writing], timeout=LAST_WRITE_SECONDS)
        self._store = None
        if self._waiting or self._writing is not None:
            log.warning("event=audit-waiting entries=%d reason=%r", len(self._waiting), why)

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
                await store.prune(self._backend, latest.at)
        except StorageError as error:
            log.error("event=audit-not-written entries=%d reason=%r", len(entries), str(error))
        finally:
            self._waiting.extendleft(reversed(entries))
            self._writing = None
