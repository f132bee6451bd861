"""One writer at a time, where what is read decides what is written."""

from hashlib import sha256

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession


async def one_writer(session: AsyncSession, what: str) -> None:
    """Until this transaction ends no other one gets past here with the same ``what``.

    On SQLite nothing is to be done: a transaction for writing has the file to itself. Asked for before
    anything is read, for PostgreSQL shows each statement what was committed before it began.

    Raises:
        sqlalchemy.exc.DBAPIError: another holds it for too long.
    """
    if (await session.connection()).dialect.name == "postgresql":
        number = int.from_bytes(sha256(f"ops-dashboard {what}".encode()).digest()[:8], signed=True)
        await session.execute(select(func.pg_advisory_xact_lock(number)))
