"""Alerts that outlast a restart: what is known of each, its incidents, and all that happened to them."""

import logging

from sqlalchemy import and_, select

from ops_dashboard.domain.alerts.history import Filter, IncidentDetail, IncidentRow, Page
from ops_dashboard.domain.alerts.sample import Key
from ops_dashboard.domain.alerts.state import State
from ops_dashboard.storage import alert_states, incident_history, retention
from ops_dashboard.storage.bounds import bounded_key
from ops_dashboard.storage.database import Database
from ops_dashboard.storage.incident_changes import Changes, Loaded
from ops_dashboard.storage.incident_records import apply
from ops_dashboard.storage.tables import AlertStateRecord, IncidentRecord
from ops_dashboard.storage.unbroken import unbroken

MOST_RECENT = 1_000
_log = logging.getLogger(__name__)


class IncidentStore:
    """The alerts of each backend. Any method raises StorageError where the database fails; none is broken off
    when its caller is cancelled.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    @unbroken
    async def load(self, backend: str) -> Loaded:
        """All states, and the ids of the open incidents. What cannot be read is left out, and told."""
        statement = (
            select(
                AlertStateRecord.rule_id,
                AlertStateRecord.target,
                AlertStateRecord.version,
                AlertStateRecord.state,
                IncidentRecord.id,
            )
            .outerjoin(
                IncidentRecord,
                and_(
                    IncidentRecord.backend == AlertStateRecord.backend,
                    IncidentRecord.rule_id == AlertStateRecord.rule_id,
                    IncidentRecord.target == AlertStateRecord.target,
                    IncidentRecord.resolved_at.is_(None),
                ),
            )
            .where(AlertStateRecord.backend == backend)
        )
        async with self._database.reading() as session:
            found = (await session.execute(statement)).all()
        states: dict[Key, State] = {}
        ids: dict[Key, int] = {}
        damaged: dict[Key, str] = {}
        for rule_id, target, version, text, incident in found:
            key = Key(str(rule_id), str(target))
            try:
                state = states[key] = alert_states.unpacked(text, key, version)
            except ValueError as error:
                damaged[key] = self._damaged(key, error)
                continue
            if incident is not None and state.incident is not None:
                ids[key] = incident
        return Loaded(states, ids, damaged)

    @unbroken
    async def save(self, backend: str, changes: Changes) -> dict[Key, int]:
        """Write ``changes``, all or nothing; when this returns they outlast a power cut. Ids of open incidents.

        Raises:
            ValueError: an event's state is missing.
        """
        bounded = changes.bounded()
        async with self._database.writing() as session:
            await alert_states.write(self._database, session, backend, bounded.states)
            rows = await session.scalars(
                select(IncidentRecord).where(
                    IncidentRecord.backend == backend, IncidentRecord.resolved_at.is_(None)
                )
            )
            opened = {Key(row.rule_id, row.target): row for row in rows}
            session.add_all(apply(backend, bounded, opened))
            await session.flush()
            ids = {key: row.id for key, row in opened.items()}
        stored = {bounded_key(key): key for key in changes.states}
        return {stored.get(key, key): number for key, number in ids.items()}

    @unbroken
    async def history(self, backend: str, wanted: Filter, offset: int, limit: int) -> Page:
        """``limit`` incidents that ``wanted`` lets through, newest first, after the first ``offset``.

        Raises:
            ValueError: one of the two numbers is negative or beyond all counting.
        """
        incident_history.check_bounds(offset, limit)
        async with self._database.reading() as session:
            return await incident_history.page(session, backend, wanted, offset, limit)

    @unbroken
    async def incident(self, incident_id: int, backend: str | None = None) -> IncidentDetail | None:
        """One incident of ``backend``, or of any with None, and what happened to it; None if there is none."""
        async with self._database.reading() as session:
            return await incident_history.detail(session, incident_id, backend)

    async def recent(self, backend: str, after: float) -> tuple[IncidentRow, ...]:
        """The incidents that were open at any time after a moment (unix seconds), oldest first.

        At most the newest :data:`MOST_RECENT`.
        """
        return (await self.history(backend, Filter(since=after), 0, MOST_RECENT)).rows[::-1]

    @unbroken
    async def prune(self, backend: str, now: float) -> int:
        """Delete what need not be kept any longer at ``now`` (unix seconds); how many incidents that were."""
        async with self._database.writing() as session:
            return await retention.prune(session, backend, now)

    def _damaged(self, key: Key, error: ValueError) -> str:
        name = " ".join(part for part in key if part)
        why = str(error).splitlines()[0]
        sentence = f"The saved state of the alert {name} in {self._database.place} cannot be read: {why}."
        _log.error("event=alert-state-damaged reason=%r", sentence)
        return sentence
