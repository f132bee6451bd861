"""The connections to the database, and how they behave on SQLite."""

import asyncio
import logging
from contextlib import suppress
from typing import Any
from weakref import WeakKeyDictionary, WeakSet

from sqlalchemy import URL, Connection, event
from sqlalchemy.engine import Engine
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry
from tenacity import retry, retry_if_exception, stop_after_delay, wait_random

from ops_dashboard.storage.explain import is_busy

_log = logging.getLogger(__name__)
BUSY_SECONDS = 2
"""How long a connection waits for one that holds what it needs."""
_CONNECT_SECONDS = 3
_STATEMENT_SECONDS = 30
_POOL_SECONDS = 5
# A server whose network went away must not hold the lock of a process for hours that is no more.
_KEEPALIVE = {"tcp_keepalives_idle": "20", "tcp_keepalives_interval": "5", "tcp_keepalives_count": "3"}
# Full: a commit is on the disk before it is told, so neither a crash nor a power cut takes it back.
_PRAGMAS = ("PRAGMA foreign_keys = ON", "PRAGMA synchronous = FULL")
_BEGIN = "ops_begin"


def make_engine(url: URL) -> AsyncEngine:
    """An engine for an address that the settings accept; nothing is opened yet.

    Raises:
        ModuleNotFoundError: the driver is not installed.
    """
    if url.get_backend_name() != "sqlite":
        server = create_async_engine(
            url,
            hide_parameters=True,
            pool_pre_ping=True,
            pool_timeout=_POOL_SECONDS,
            connect_args={
                "timeout": _CONNECT_SECONDS,
                "command_timeout": _STATEMENT_SECONDS,
                "server_settings": _KEEPALIVE,
            },
        )
        _note_connections(server)
        return server
    # Without an isolation level the driver begins no transaction of its own: `_begin` does, also before DDL.
    engine = create_async_engine(
        url,
        hide_parameters=True,
        pool_timeout=_POOL_SECONDS,
        connect_args={"timeout": BUSY_SECONDS, "isolation_level": None},
    )
    _note_connections(engine)
    event.listen(engine.sync_engine, "connect", _prepare)
    event.listen(engine.sync_engine, "begin", _begin)
    event.listen(engine.sync_engine, "invalidate", _let_go)
    return engine


_connections: WeakKeyDictionary[Engine, WeakSet[Any]] = WeakKeyDictionary()
"""The driver's connections of each engine."""
_interrupting: set[asyncio.Task[None]] = set()


def _note_connections(engine: AsyncEngine) -> None:
    connections = _connections[engine.sync_engine] = WeakSet()
    event.listen(
        engine.sync_engine, "connect", lambda connection, _: connections.add(connection.driver_connection)
    )


def break_off(engine: AsyncEngine) -> None:
    """Let everything under way on the connections of ``engine`` fail at once; for a database that stands still."""
    for connection in tuple(_connections[engine.sync_engine]):
        if engine.dialect.name == "sqlite":
            task = asyncio.ensure_future(_interrupt(connection))
            _interrupting.add(task)
            task.add_done_callback(_interrupting.discard)
        else:
            connection.terminate()


async def _interrupt(connection: Any) -> None:
    with suppress(ValueError):  # it is closed
        await connection.interrupt()


def for_writing(engine: AsyncEngine) -> AsyncEngine:
    """The same connections, but on SQLite their transactions wait for the right to write at once.

    One that begins by reading may not write any more once another has written: it would fail, not wait.
    """
    return engine.execution_options(**{_BEGIN: "BEGIN IMMEDIATE"})


@retry(
    retry=retry_if_exception(is_busy),
    # The change needs the file for itself, and SQLite does not wait for that.
    stop=stop_after_delay(BUSY_SECONDS),
    wait=wait_random(0.01, 0.1),
    reraise=True,
)
async def use_write_ahead_log(engine: AsyncEngine) -> None:
    """Let readers and a writer of an SQLite file work at the same time; the file remembers it.

    Raises:
        sqlalchemy.exc.DBAPIError: the file cannot be written, or others hold it for too long.
    """
    async with engine.execution_options(**{_BEGIN: ""}).connect() as connection:
        mode = (await connection.exec_driver_sql("PRAGMA journal_mode = WAL")).scalar()
    if mode != "wal":
        _log.warning("the file system offers no write-ahead log; writing holds up reading (mode %s)", mode)


def _prepare(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    # A damaged text is no reason to leave its row unread.
    connection.driver_connection.text_factory = _text  # pyright: ignore[reportAttributeAccessIssue]
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _text(raw: bytes) -> str:
    return raw.decode(errors="replace")


def _let_go(connection: DBAPIConnection, _: ConnectionPoolEntry, __: BaseException | None) -> None:
    """End the transaction of a connection that a cancellation broke off: closed as it is, it would keep its lock."""
    connection.rollback()


def _begin(connection: Connection) -> None:
    statement = connection.get_execution_options().get(_BEGIN, "BEGIN DEFERRED")
    if statement:
        connection.exec_driver_sql(statement)
