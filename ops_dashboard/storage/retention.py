"""How long incidents are kept."""

from typing import Any, cast

from sqlalchemy import CursorResult, delete, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from ops_dashboard.storage.tables import IncidentRecord, TransitionRecord

KEPT_SECONDS = 90 * 86400.0
KEPT_INCIDENTS = 10_000
KEPT_TRANSITIONS = 500


async def prune(session: AsyncSession, backend: str, now: float) -> int:
    """Delete incidents resolved before :data:`KEPT_SECONDS`, and the oldest beyond :data:`KEPT_INCIDENTS`.

    Their transitions go with them. Open ones stay, however old or many, with their first transition and the
    newest :data:`KEPT_TRANSITIONS`. Returns how many incidents were deleted.
    """
    await _trim_open(session, backend)
    surplus = (
        select(IncidentRecord.id)
        .where(IncidentRecord.backend == backend)
        .order_by(
            IncidentRecord.resolved_at.is_not(None), IncidentRecord.opened_at.desc(), IncidentRecord.id.desc()
        )
        .offset(KEPT_INCIDENTS)
    )
    result = await session.execute(
        delete(IncidentRecord)
        .where(IncidentRecord.backend == backend, IncidentRecord.resolved_at.is_not(None))
        .where(or_(IncidentRecord.resolved_at < now - KEPT_SECONDS, IncidentRecord.id.in_(surplus)))
        .execution_options(synchronize_session=False)
    )
    return cast(CursorResult[Any], result).rowcount


async def _trim_open(session: AsyncSession, backend: str) -> None:
    newest_first = func.row_number().over(
        partition_by=TransitionRecord.incident_id, order_by=TransitionRecord.id.desc()
    )
    oldest_first = func.row_number().over(
        partition_by=TransitionRecord.incident_id, order_by=TransitionRecord.id
    )
    numbered = (
        select(TransitionRecord.id, newest_first.label("newest"), oldest_first.label("oldest"))
        .join(IncidentRecord, IncidentRecord.id == TransitionRecord.incident_id)
        .where(IncidentRecord.backend == backend, IncidentRecord.resolved_at.is_(None))
        .subquery()
    )
    surplus = select(numbered.c.id).where(numbered.c.newest > KEPT_TRANSITIONS, numbered.c.oldest > 1)
    await session.execute(
        delete(TransitionRecord)
        .where(TransitionRecord.id.in_(surplus))
        .execution_options(synchronize_session=False)
    )
