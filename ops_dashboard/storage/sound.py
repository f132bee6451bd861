"""Looks for damage in an SQLite file before it is trusted."""

from sqlalchemy.ext.asyncio import AsyncEngine

from ops_dashboard.storage.errors import BrokenDatabase
from ops_dashboard.storage.place import Place

_LARGEST = 64 * 2**20
"""Bytes of a file that is looked through as a whole, which takes a second then."""
_WHOLE = ("PRAGMA integrity_check(1)",)
_WHAT_A_START_READS = tuple(f"PRAGMA integrity_check({table})" for table in ("alert_state", "preference"))


async def require_sound(engine: AsyncEngine, place: Place, size: int) -> None:
    """See that a file of ``size`` bytes holds together: also that each row can be found by its index.

    Raises:
        BrokenDatabase: it is damaged.
    """
    async with engine.connect() as connection:
        for check in _WHOLE if size <= _LARGEST else _WHAT_A_START_READS:
            if (await connection.exec_driver_sql(check)).scalars().first() != "ok":
                raise BrokenDatabase(
                    place.sentence(
                        "{place} is damaged: put a copy of it in its place, or move the file away to start anew."
                    )
                )
