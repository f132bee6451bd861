"""How long incidents are kept."""

from typing import Any, cast

from sqlalchemy import CursorResult, delete, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from ops_dashboard.storage.tables import IncidentRecord

KEPT_SECONDS = 90 * 86400.0
KEPT_INCIDENTS = 10_000


async def prune(session: AsyncSession, backend: str, now: float) -> int:
    """Delete incidents resolved before :data:`KEPT_SECONDS`, and the oldest beyond :data:`KEPT_INCIDENTS`.

    Their transitions go with them. Open ones stay, however old or many. Returns how many were deleted.
    """
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
