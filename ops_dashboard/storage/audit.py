"""The audit in the database: one row for each action."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, delete, func, or_, select, tuple_

from ops_dashboard.domain.audit import BOUNDED, AuditEntry, AuditPage, AuditQuery
from ops_dashboard.storage.bounds import bounded_name, bounded_text
from ops_dashboard.storage.database import Database
from ops_dashboard.storage.tables import AuditRecord
from ops_dashboard.storage.unbroken import unbroken

KEPT_SECONDS = 365 * 86400.0
KEPT_ROWS = 50_000
KEPT_BOUNDED_ROWS = 10_000
"""Of the actions that somebody may repeat without end, as logging in …"""
KEPT_REFUSED_ROWS = 5_000
"""… and of those of them that were refused, which need no more than an address to ask."""

_COLUMNS: list[Any] = [
    AuditRecord.at,
    AuditRecord.by,
    AuditRecord.action,
    AuditRecord.target,
    AuditRecord.outcome,
    AuditRecord.sentence,
]
_NEWEST_FIRST = (AuditRecord.at.desc(), AuditRecord.id.desc())
_SEARCHED = (AuditRecord.by, AuditRecord.target, AuditRecord.sentence)

Place = tuple[float, int]
"""Moment and number of a row, by which they are in order."""


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
    async def page(self, backend: str, wanted: AuditQuery, limit: int) -> AuditPage:
        """The newest ``limit`` rows that ``wanted`` lets through, and how many it lets through in all."""
        conditions = (AuditRecord.backend == backend, *_conditions(wanted))
        rows = select(*_COLUMNS).where(*conditions).order_by(*_NEWEST_FIRST).limit(limit)
        async with self._database.reading() as session:
            found = tuple(AuditEntry(*values) for values in await session.execute(rows))
            total = await session.scalar(select(func.count()).select_from(AuditRecord).where(*conditions))
        return AuditPage(found, max(total or 0, len(found)))

    @unbroken
    async def older(
        self, backend: str, wanted: AuditQuery, limit: int, before: Place | None = None
    ) -> tuple[tuple[AuditEntry, ...], Place | None]:
        """The newest ``limit`` rows older than the place ``before``; and the place to go on from, if any."""
        rows = select(AuditRecord.id, *_COLUMNS).where(AuditRecord.backend == backend, *_conditions(wanted))
        if before is not None:
            rows = rows.where(tuple_(AuditRecord.at, AuditRecord.id) < tuple_(*before))
        async with self._database.reading() as session:
            found = (await session.execute(rows.order_by(*_NEWEST_FIRST).limit(limit))).all()
        entries = tuple(AuditEntry(*values) for _, *values in found)
        return entries, (found[-1].at, found[-1].id) if len(found) == limit else None

    @unbroken
    async def prune(self, backend: str, now: float) -> None:
        """Delete rows older than :data:`KEPT_SECONDS`; and of each kind the oldest, beyond what is kept of it."""
        row = AuditRecord
        bounded, refused = row.action.in_(BOUNDED), row.outcome == "refused"
        kept = (
            (~bounded, KEPT_ROWS),
            (bounded & ~refused, KEPT_BOUNDED_ROWS),
            (bounded & refused, KEPT_REFUSED_ROWS),
        )
        async with self._database.writing() as session:
            for kind, most in kept:
                of_it = (row.backend == backend) & kind
                surplus = select(row.id).where(of_it).order_by(*_NEWEST_FIRST).offset(most)
                await session.execute(
                    delete(row)
                    .where(of_it, (row.at < now - KEPT_SECONDS) | row.id.in_(surplus))
                    .execution_options(synchronize_session=False)
                )


def _conditions(wanted: AuditQuery) -> Iterator[ColumnElement[bool]]:
    if wanted.action:
        yield AuditRecord.action == wanted.action
    if wanted.outcome:
        yield AuditRecord.outcome == wanted.outcome
    for word, actions in wanted.words:
        yield or_(
            *(column.icontains(word, autoescape=True) for column in _SEARCHED),
            AuditRecord.action.in_(sorted(actions)),
        )
