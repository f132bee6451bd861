"""Turns the errors of drivers and of the system into one sentence for the operator."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from ops_dashboard.storage.bounds import TooLong
from ops_dashboard.storage.errors import (
    AccessRefused,
    BrokenDatabase,
    DiskFull,
    Locked,
    StorageError,
    Unreachable,
    Unwritable,
)
from ops_dashboard.storage.place import Place

_LONGEST_CAUSE = 200
_NO_SPACE = (errno.ENOSPC, errno.EDQUOT)

_Kind = tuple[type[StorageError], str]
_WRITE = (
    Unwritable,
    "{place} cannot be opened or written: this user must be able to write to its directory.",
)
_FULL = (DiskFull, "{place} cannot be written: the disk is full.")
_BUSY = (Locked, "{place} is locked by another program.")

_BY_SQLITE_CODE: dict[int, _Kind] = {
    sqlite3.SQLITE_CANTOPEN: _WRITE,
    sqlite3.SQLITE_READONLY: _WRITE,
    sqlite3.SQLITE_PERM: _WRITE,
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_PROTOCOL: _BUSY,
    sqlite3.SQLITE_NOTADB: (
        BrokenDatabase,
        "{place} is no SQLite database: move the file away, or name another place.",
    ),
    sqlite3.SQLITE_CORRUPT: (
        BrokenDatabase,
        "{place} is damaged: put a copy of it in its place, or move the file away to start anew.",
    ),
}
# The longest beginning of the SQLSTATE that is listed decides.
_BY_SQLSTATE: dict[str, _Kind] = {
    "08": (Unreachable, "the connection to {place} broke: {cause}."),
    "25006": (Unwritable, "{place} takes no changes: {cause}."),
    "28": (AccessRefused, "{place} refuses the user name or the password."),
    "3D": (AccessRefused, "{place} has no database of the name given there."),
    "40": _BUSY,
    "42501": (AccessRefused, "{place} refuses its user a right: {cause}."),
    "53": (Unreachable, "{place} is out of resources: {cause}."),
    "53100": _FULL,
    "55P03": _BUSY,
    "57P": (Unreachable, "{place} is starting or stopping: {cause}."),
    "XX": (BrokenDatabase, "{place} reports damaged data: {cause}."),
}
_OTHER: _Kind = (StorageError, "{place} failed: {cause}.")


@contextmanager
def explained(place: Place) -> Iterator[None]:
    """Raise whatever goes wrong inside the block as one of our errors.

    Whatever: a damaged file makes drivers raise what nobody has foreseen.

    Raises:
        StorageError: instead of any other exception.
    """
    try:
        yield
    except (StorageError, TooLong):
        raise
    except Exception as error:  # noqa: BLE001 - nobody has foreseen all that a driver raises
        # Without the driver's own error: its text may repeat the address with the password.
        raise _explanation(error, place) from None


def is_busy(error: BaseException) -> bool:
    """Whether SQLite reports that another connection holds the file."""
    return _sqlite_code(error) == sqlite3.SQLITE_BUSY


def _explanation(error: Exception, place: Place) -> StorageError:
    kind, template = _kind(error, place)
    return kind(place.sentence(template, _cause(error)))


def _kind(error: Exception, place: Place) -> _Kind:
    if isinstance(error, OSError):
        if place.file is None:
            return (Unreachable, "{place} cannot be reached: {cause}.")
        return _FULL if error.errno in _NO_SPACE else (Unwritable, "{place} cannot be made: {cause}.")
    if isinstance(error, PoolTimeout):
        return (Locked, "{place} is too busy: no connection became free in time.")
    code = _sqlite_code(error)
    if code is not None:
        return _BY_SQLITE_CODE.get(code, _OTHER)
    state = str(getattr(_original(error), "sqlstate", None) or "")
    known = [start for start in _BY_SQLSTATE if state.startswith(start)]
    return _BY_SQLSTATE[max(known, key=len)] if known else _OTHER


def _original(error: BaseException) -> BaseException:
    """The driver's error, which SQLAlchemy wraps in its own."""
    return (error.orig if isinstance(error, DBAPIError) else None) or error


def _sqlite_code(error: BaseException) -> int | None:
    """The primary result code of SQLite, without the detail in its upper bytes."""
    code = getattr(_original(error), "sqlite_errorcode", None)
    return None if code is None else code & 0xFF


def _cause(error: Exception) -> str:
    """The driver's or the system's own words: one line, cut, without a full stop."""
    cause = _original(error)
    if isinstance(cause, TimeoutError) and not str(cause):
        return "no answer in time"
    words = cause.strerror if isinstance(cause, OSError) and cause.strerror else str(cause)
    first = next(iter(words.splitlines()), "") or type(cause).__name__
    if not isinstance(error, DBAPIError | OSError | sqlite3.Error) and str(cause):
        first = f"{type(cause).__name__}: {first}"
    return first[:_LONGEST_CAUSE].rstrip(". ")
