"""The file of an SQLite database, before it is worked with and while it is."""

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

_PRIVATE_DIRECTORY = 0o700
_PRIVATE_FILE = 0o600
_COMPANIONS = ("", "-wal", "-shm")
"""What SQLite adds to the name of the file for those it keeps beside it, and for the file itself."""

Identity = tuple[int, int]
"""Device and inode: what a file is, whatever its name."""


def prepare_file(file: Path, *, make_directory: bool) -> None:
    """See that the file can be opened, by its owner alone; it is made, empty, if it does not exist.

    The asynchronous driver must not be the first to find out: the thread of a connection that fails to open
    may outlast the event loop, and then ends with a traceback.

    Raises:
        OSError: the directory cannot be made.
        sqlite3.Error: the file cannot be opened.
    """
    if make_directory:
        file.parent.mkdir(mode=_PRIVATE_DIRECTORY, parents=True, exist_ok=True)
    if not file.exists():
        with suppress(OSError):  # SQLite's own words are the better explanation
            os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_RDWR, _PRIVATE_FILE))
    with closing(sqlite3.connect(file)):
        pass
    # By their names: to open and close the file here would end the locks that SQLite has on it.
    for companion in _companions(file):
        if companion.exists() and companion.stat().st_mode & 0o077:
            with suppress(PermissionError):  # the file of another user, which its owner shares
                companion.chmod(_PRIVATE_FILE)


def copy_file(file: Path, directory: Path) -> None:
    """Copy the database with what waits in its write-ahead log, under the same name.

    Raises:
        OSError: it cannot be read, or there is no room for the copy.
    """
    for companion in _companions(file)[:2]:
        if companion.exists():
            shutil.copyfile(companion, directory / companion.name)


def identities(file: Path) -> tuple[Identity | None, ...]:
    """Of the file and of its write-ahead log; None where there is none."""
    return tuple(_identity(companion) for companion in _companions(file)[:2])


def _identity(file: Path) -> Identity | None:
    try:
        found = os.stat(file)
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def _companions(file: Path) -> list[Path]:
    return [file.with_name(file.name + ending) for ending in _COMPANIONS]
