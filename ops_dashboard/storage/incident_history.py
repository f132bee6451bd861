"""Looking for incidents in the database."""

import logging
from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any, cast

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from ops_dashboard.domain.alerts.event import EventKind
from ops_dashboard.domain.alerts.history import (
    Filter,
    HistoryState,
    IncidentDetail,
    IncidentRow,
    Page,
    TransitionRow,
)
from ops_dashboard.domain.alerts.state import Handled
from ops_dashboard.domain.status import Status
from ops_dashboard.domain.text import clean
from ops_dashboard.storage.bounds import bounded_name
from ops_dashboard.storage.tables import IncidentRecord, TransitionRecord

_log = logging.getLogger(__name__)
MOST_TRANSITIONS = 500
"""How many of one incident are shown, the newest: one that never settles may have a hundred thousand."""
LONGEST_SEARCH = 200
_HIGHEST = 2**63 - 1
# Columns, not records: an export reads ten thousand rows, and must not hold up the event loop for long.
_COLUMNS: list[Any] = [
    IncidentRecord.peak_status,
    *(getattr(IncidentRecord, field.name) for field in fields(IncidentRow)),
]
_NEWEST_FIRST = (IncidentRecord.opened_at.desc(), IncidentRecord.id.desc())


def check_bounds(offset: int, limit: int) -> None:
    """See that a page can be asked for.

    Raises:
        ValueError: one of the two numbers is negative or beyond all counting.
    """
    if not (0 <= offset <= _HIGHEST and 0 <= limit <= _HIGHEST):
        raise ValueError(f"a page begins at 0 or later and has 0 rows or more, not {offset} and {limit}")


async def page(session: AsyncSession, backend: str, wanted: Filter, offset: int, limit: int) -> Page:
    """``limit`` incidents that ``wanted`` lets through, after the first ``offset``."""
    conditions = (IncidentRecord.backend == backend, *_conditions(wanted))
    total = await session.scalar(select(func.count()).select_from(IncidentRecord).where(*conditions))
    found = await session.execute(_rows(*conditions).order_by(*_NEWEST_FIRST).offset(offset).limit(limit))
    return Page(tuple(row for values in found if (row := _row(*values)) is not None), total or 0)


async def detail(
    session: AsyncSession, incident_id: int, backend: str | None = None
) -> IncidentDetail | None:
    """One incident of ``backend``, or of any with None, with its newest transitions; None if there is none."""
    if not 0 < incident_id <= _HIGHEST:
        return None
    mine = () if backend is None else (IncidentRecord.backend == backend,)
    values = (await session.execute(_rows(IncidentRecord.id == incident_id, *mine))).one_or_none()
    row = None if values is None else _row(*values)
    if row is None:
        return None
    of_it = TransitionRecord.incident_id == incident_id
    count = await session.scalar(select(func.count()).select_from(TransitionRecord).where(of_it))
    newest = await session.scalars(
        select(TransitionRecord).where(of_it).order_by(TransitionRecord.id.desc()).limit(MOST_TRANSITIONS)
    )
    transitions = tuple(_transition(one) for one in newest if _is_readable(one))[::-1]
    earlier = max(0, (count or 0) - len(transitions))  # more may have come since they were counted
    return IncidentDetail(row, transitions, earlier)


def _conditions(wanted: Filter) -> Iterator[ColumnElement[bool]]:
    if wanted.severities:
        yield IncidentRecord.worst.in_(wanted.severities)
    if wanted.states:
        yield or_(*(_in_state(state) for state in wanted.states))
    if wanted.rule_ids:
        yield IncidentRecord.rule_id.in_([bounded_name(one) for one in wanted.rule_ids])
    if wanted.targets:
        yield IncidentRecord.target.in_([bounded_name(one) for one in wanted.targets])
    for word in clean(wanted.text, LONGEST_SEARCH).casefold().split():
        yield IncidentRecord.search.contains(word, autoescape=True)
    if wanted.since is not None:
        yield or_(IncidentRecord.resolved_at.is_(None), IncidentRecord.resolved_at >= wanted.since)
    if wanted.until is not None:
        yield IncidentRecord.opened_at <= wanted.until


def _in_state(state: HistoryState) -> ColumnElement[bool]:
    is_open = IncidentRecord.resolved_at.is_(None)
    if state == "resolved":
        return ~is_open
    return is_open if state == "open" else is_open & (IncidentRecord.handled == Handled(state))


def _rows(*conditions: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    return select(*_COLUMNS).where(*conditions)


def _row(peak_status: Status | None, *values: Any) -> IncidentRow | None:
    """None, and a line in the log, for a row that cannot be read."""
    row = IncidentRow(*values)
    if None in (row.severity, row.worst, row.opened_at, row.handled):
        _log.error("event=incident-damaged id=%d: it is left out of the history", row.id)
        return None
    return row if peak_status is None else replace(row, peak=peak_status)


def _is_readable(record: TransitionRecord) -> bool:
    readable = None not in (record.at, record.severity, record.until)
    if not readable:
        _log.error("event=transition-damaged id=%d incident=%d", record.id, record.incident_id)
    return readable


def _transition(record: TransitionRecord) -> TransitionRow:
    return TransitionRow(
        at=record.at,
        kind=cast(EventKind, record.kind),
        by=record.by,
        note=record.note,
        severity=record.severity,
        text=record.text,
        until=record.until,
    )
