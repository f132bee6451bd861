"""What people changed of the alert rules, shared by all; and who changed what, and when."""

import json
import logging
from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from ops_dashboard.storage.bounds import TooLong, bounded_name
from ops_dashboard.storage.database import Database
from ops_dashboard.storage.tables import PreferenceChangeRecord, PreferenceRecord
from ops_dashboard.storage.unbroken import unbroken

LONGEST = 4_000
"""Characters of JSON that may be kept of one rule."""
_log = logging.getLogger(__name__)


class PreferenceStore:
    """The changed fields of each rule, by backend. Any method raises StorageError where the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.damaged: tuple[str, ...] = ()
        """The rules whose rows could not be read by the last :meth:`load`."""

    @unbroken
    async def load(self, backend: str) -> dict[str, dict[str, Any]]:
        """``{rule id: {field: value}}``; a rule that is as it was, or whose row is damaged, is left out."""
        self.damaged = ()
        async with self._database.reading() as session:
            rows = await session.scalars(select(PreferenceRecord).where(PreferenceRecord.backend == backend))
            return {row.rule_id: fields for row in rows if (fields := self._fields(row))}

    @unbroken
    async def save(self, backend: str, rule_id: str, changes: Mapping[str, Any], by: str, at: float) -> None:
        """Change some fields of a rule; those not named stay as they are. ``at`` is in unix seconds.

        Two who change different fields of a rule at once both get what they want.

        Raises:
            ValueError: the values are not plain numbers, text and booleans, or are too long to keep.
        """
        if not all(isinstance(value, bool | int | float | str) for value in changes.values()):
            raise ValueError("a setting of a rule is a number, a text, or on or off")
        rule_id, new = bounded_name(rule_id), _packed(changes)
        async with self._database.writing() as session:
            row = await session.get(PreferenceRecord, (backend, rule_id))
            if row is None:
                session.add(PreferenceRecord(backend=backend, rule_id=rule_id, fields=new))
            else:
                row.fields = _packed({**self._fields(row), **changes})
            _note(session, backend, rule_id, by, at, new)

    @unbroken
    async def reset(self, backend: str, rule_id: str | None, by: str, at: float) -> None:
        """Set a rule, or with None every rule, back to its defaults. ``at`` is in unix seconds."""
        mine = PreferenceRecord.backend == backend
        which = mine if rule_id is None else mine & (PreferenceRecord.rule_id == bounded_name(rule_id))
        async with self._database.writing() as session:
            gone = await session.scalars(
                delete(PreferenceRecord).where(which).returning(PreferenceRecord.rule_id)
            )
            for one in sorted(gone):
                _note(session, backend, one, by, at, None)

    def _fields(self, row: PreferenceRecord) -> dict[str, Any]:
        """What is changed; nothing where that cannot be read."""
        try:
            fields = json.loads(row.fields)
        except (TypeError, ValueError, RecursionError) as error:
            fields = error
        if isinstance(fields, dict):
            return fields
        self.damaged += (row.rule_id,)
        _log.error(
            "event=preference-damaged rule=%s place=%r: its defaults hold",
            row.rule_id,
            str(self._database.place),
        )
        return {}


def _packed(fields: Mapping[str, Any]) -> str:
    text = json.dumps(dict(fields), separators=(",", ":"), allow_nan=False)
    if len(text) > LONGEST:
        raise TooLong(f"the settings of a rule may take up to {LONGEST:,} characters, not {len(text):,}")
    return text


def _note(session: AsyncSession, backend: str, rule_id: str, by: str, at: float, fields: str | None) -> None:
    session.add(
        PreferenceChangeRecord(backend=backend, rule_id=rule_id, at=at, by=bounded_name(by), fields=fields)
    )
