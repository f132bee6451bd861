"""The audit in the database: one row for each action on the backend."""

from collections.abc import Sequence

from sqlalchemy import delete, select

from ops_dashboard.domain.audit import AuditEntry
from ops_dashboard.storage.bounds import bounded_name, bounded_text
from ops_dashboard.storage.database import Database
from ops_dashboard.storage.tables import AuditRecord
from ops_dashboard.storage.unbroken import unbroken

KEPT_SECONDS = 365 * 86400.0
KEPT_ROWS = 50_000


class AuditStore:
    """Who did what, by backend. Any method raises StorageError where the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @unbroken
    async def add(self, backend: str, entries: Sequence[AuditEntry]) -> None:
        """Write these rows for good, all or none of them."""
        async with self._database.writing() as session:
            session.add_all(
                AuditRecord(
                    backend=backend,
                    at=entry.at,
                    by=bounded_name(entry.by),
                    action=bounded_name(entry.action),
                    target=bounded_text(entry.target),
                    outcome=bounded_name(entry.outcome),
                    sentence=bounded_text(entry.sentence),
                )
                for entry in entries
            )

    @unbroken
    async def latest(self, backend: str, limit: int) -> tuple[AuditEntry, ...]:
        """The newest ``limit`` rows, newest first."""
        newest = (AuditRecord.at.desc(), AuditRecord.id.desc())
        row = AuditRecord
        wanted = select(row.at, row.by, row.action, row.target, row.outcome, row.sentence)
        async with self._database.reading() as session:
            found = await session.execute(wanted.where(row.backend == backend).order_by(*newest).limit(limit))
            return tuple(AuditEntry(*values) for values in found)

    @unbroken
    async def prune(self, backend: str, now: float) -> None:
        """Delete rows older than :data:`KEPT_SECONDS`, and the oldest beyond :data:`KEPT_ROWS`."""
        row = AuditRecord
        surplus = (
            select(row.id)
            .where(row.backend == backend)
            .order_by(row.at.desc(), row.id.desc())
            .offset(KEPT_ROWS)
        )
        async with self._database.writing() as session:
            await session.execute(
                delete(row)
                .where(row.backend == backend, (row.at < now - KEPT_SECONDS) | row.id.in_(surplus))
                .execution_options(synchronize_session=False)
            )
