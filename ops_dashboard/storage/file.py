"""The file of an SQLite database, before it is worked with."""

import sqlite3
from contextlib import closing
from pathlib import Path

_PRIVATE = 0o700


def prepare_file(file: Path, *, make_directory: bool) -> None:
    """See that the file can be opened; it is made, empty, if it does not exist.

    The asynchronous driver must not be the first to find out: the thread of a connection that fails to open
    may outlast the event loop, and then ends with a traceback.

    Raises:
        OSError: the directory cannot be made.
        sqlite3.Error: the file cannot be opened.
    """
    if make_directory:
        file.parent.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)
    with closing(sqlite3.connect(file)):
        pass
