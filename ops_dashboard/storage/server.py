"""What a PostgreSQL server must be, and how one process at a time works there."""

import asyncio
from hashlib import sha256

from sqlalchemy import func, literal, select, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from ops_dashboard.storage.errors import InUse, WrongEncoding
from ops_dashboard.storage.place import Place

_TRIES = 10
_TRY_SECONDS = 0.2
"""A process that was just killed may hold its lock for a moment longer."""


async def require_unicode(engine: AsyncEngine, place: Place) -> None:
    """See that the database can hold every text.

    Raises:
        WrongEncoding: it cannot.
    """
    async with engine.connect() as connection:
        encoding = (await connection.execute(text("SHOW server_encoding"))).scalar_one()
    if encoding != "UTF8":
        raise WrongEncoding(
            place.sentence(
                "{place} cannot hold every text, its encoding is {cause}: make a database with ENCODING 'UTF8'.",
                cause=encoding,
            )
        )


async def hold_server(engine: AsyncEngine, name: str, place: Place) -> AsyncConnection:
    """A connection that holds the lock of this name; the server lets go of it when the process dies.

    Raises:
        InUse: another process holds it.
    """
    number = int.from_bytes(sha256(f"ops-dashboard {name}".encode()).digest()[:8], signed=True)
    connection = await engine.execution_options(isolation_level="AUTOCOMMIT").connect()
    try:
        for _ in range(_TRIES):
            if (await connection.execute(select(func.pg_try_advisory_lock(number)))).scalar_one():
                return connection
            await asyncio.sleep(_TRY_SECONDS)
        raise InUse(
            place.sentence(
                "another dashboard for the same backend uses {place}: stop it, or name another database there."
            )
        )
    except BaseException:
        await connection.close()
        raise


async def is_held(connection: AsyncConnection) -> None:
    """Ask the server for a sign of life on the connection that holds the lock.

    Raises:
        sqlalchemy.exc.DBAPIError: the connection broke, and with it the lock.
    """
    await connection.execute(select(literal(1)))
