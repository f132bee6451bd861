"""Each failure of a database becomes one sentence of the right kind, without secrets."""

import errno
import os
import re
import socket
import sqlite3

import pytest
from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from ops_dashboard.storage import errors
from ops_dashboard.storage.bounds import TooLong
from ops_dashboard.storage.errors import StorageError
from ops_dashboard.storage.explain import explained
from ops_dashboard.storage.place import Place

SECRET = "s3cr3t-password"
FILE = Place(make_url("sqlite+aiosqlite:////var/lib/ops.db"), "OPS_DATA_DIR")
SERVER = Place(make_url(f"postgresql+asyncpg://user:{SECRET}@db.example:5433/ops"), "OPS_DATABASE_URL")


class ServerError(Exception):
    """As the driver of PostgreSQL reports: the server's words, with an SQLSTATE."""

    def __init__(self, sqlstate: str | None, text: str = "the server's words.\nand more") -> None:
        super().__init__(text)
        self.sqlstate = sqlstate


def of_sqlite(code: int) -> DBAPIError:
    original = sqlite3.OperationalError("its words")
    original.sqlite_errorcode = code
    return DBAPIError("INSERT …", None, original)


def of_server(sqlstate: str | None) -> DBAPIError:
    return DBAPIError("INSERT …", None, ServerError(sqlstate))


def explanation(error: Exception, place: Place) -> StorageError:
    with pytest.raises(StorageError) as caught, explained(place):
        raise error
    return caught.value


@pytest.mark.parametrize(
    ("code", "kind", "words"),
    [
        (sqlite3.SQLITE_CANTOPEN, errors.Unwritable, "cannot be opened or written"),
        (sqlite3.SQLITE_READONLY, errors.Unwritable, "cannot be opened or written"),
        (sqlite3.SQLITE_READONLY_DBMOVED, errors.Unwritable, "cannot be opened or written"),
        (sqlite3.SQLITE_FULL, errors.DiskFull, "the disk is full"),
        (sqlite3.SQLITE_BUSY, errors.Locked, "locked by another program"),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, errors.Locked, "locked by another program"),
        (sqlite3.SQLITE_NOTADB, errors.BrokenDatabase, "is no SQLite database"),
        (sqlite3.SQLITE_CORRUPT, errors.BrokenDatabase, "is damaged"),
        (sqlite3.SQLITE_IOERR, StorageError, "failed: its words"),
    ],
)
def test_a_failure_of_sqlite_names_the_file_and_the_setting(
    code: int, kind: type[StorageError], words: str
) -> None:
    error = explanation(of_sqlite(code), FILE)
    assert type(error) is kind
    assert words in str(error)
    assert str(error).startswith("The database /var/lib/ops.db (OPS_DATA_DIR) ")


@pytest.mark.parametrize(
    ("sqlstate", "kind", "words"),
    [
        ("08006", errors.Unreachable, "broke: the server's words"),
        ("25006", errors.Unwritable, "takes no changes"),
        ("28P01", errors.AccessRefused, "refuses the user name or the password"),
        ("28000", errors.AccessRefused, "refuses the user name or the password"),
        ("3D000", errors.AccessRefused, "has no database of the name"),
        ("40001", errors.Locked, "locked by another program"),
        ("42501", errors.AccessRefused, "refuses its user a right: the server's words"),
        ("53100", errors.DiskFull, "the disk is full"),
        ("53300", errors.Unreachable, "out of resources"),
        ("55P03", errors.Locked, "locked by another program"),
        ("57P03", errors.Unreachable, "starting or stopping"),
        ("XX001", errors.BrokenDatabase, "damaged data"),
        ("42601", StorageError, "failed: the server's words"),
        (None, StorageError, "failed: the server's words"),
    ],
)
def test_a_failure_of_the_server_names_it_and_the_setting(
    sqlstate: str | None, kind: type[StorageError], words: str
) -> None:
    error = explanation(of_server(sqlstate), SERVER)
    assert type(error) is kind
    assert words in str(error)
    assert "ostgreSQL at db.example, port 5433 (OPS_DATABASE_URL)" in str(error)


@pytest.mark.parametrize(
    ("raised", "place", "kind", "words"),
    [
        (PermissionError(errno.EACCES, "Permission denied"), FILE, errors.Unwritable, "be made: Permission"),
        (OSError(errno.ENOSPC, "No space"), FILE, errors.DiskFull, "the disk is full"),
        (OSError(errno.EROFS, os.strerror(errno.EROFS)), FILE, errors.Unwritable, "Read-only file system"),
        (ConnectionRefusedError(errno.ECONNREFUSED, "Refused"), SERVER, errors.Unreachable, "Refused"),
        (socket.gaierror(-2, "Name not known"), SERVER, errors.Unreachable, "Name not known"),
        (TimeoutError(), SERVER, errors.Unreachable, "no answer in time"),
        (ConnectionError("rejected SSL upgrade"), SERVER, errors.Unreachable, "rejected SSL upgrade"),
        (PoolTimeout(), SERVER, errors.Locked, "too busy"),
    ],
)
def test_a_failure_of_the_system_is_told_in_its_words(
    raised: Exception, place: Place, kind: type[StorageError], words: str
) -> None:
    error = explanation(raised, place)
    assert type(error) is kind
    assert words in str(error)


@pytest.mark.parametrize(
    "raised",
    [
        DBAPIError("x", None, ServerError(None, f"cannot use user:{SECRET}@db.example")),
        OSError(f"no way to {SECRET}"),
    ],
)
def test_a_password_in_the_words_of_others_is_taken_out(raised: Exception) -> None:
    error = explanation(raised, SERVER)
    assert SECRET not in str(error)
    assert "***" in str(error)
    assert error.__suppress_context__


@pytest.mark.parametrize("sqlstate", ["08006", "28P01", "3D000", "XX001", None])
def test_every_explanation_is_one_line_that_begins_and_ends_as_a_sentence(sqlstate: str | None) -> None:
    assert re.fullmatch(r"[A-Z].*[^.]\.", str(explanation(of_server(sqlstate), SERVER)))


@pytest.mark.parametrize(
    ("error", "cause"),
    [
        (IntegrityError("INSERT …", None, sqlite3.IntegrityError("UNIQUE")), "UNIQUE"),
        (UnicodeDecodeError("utf-8", b"x", 0, 1, "invalid start byte"), "UnicodeDecodeError: 'utf-8' codec"),
        (LookupError("'warnifg' is not among the defined values"), "LookupError: 'warnifg' is not among"),
        (ZeroDivisionError(), "ZeroDivisionError"),
    ],
    ids=["constraint", "text", "word", "unforeseen"],
)
def test_any_other_error_is_one_of_the_database(error: Exception, cause: str) -> None:
    with pytest.raises(StorageError, match=f"failed: {cause}"), explained(FILE):
        raise error


def test_our_own_errors_pass_as_they_are() -> None:
    for kind in (errors.DiskFull, TooLong):
        with pytest.raises(kind), explained(FILE):
            raise kind("Full.")
