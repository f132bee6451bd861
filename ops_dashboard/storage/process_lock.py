"""One process at a time on the file of a database."""

import fcntl
import os

from ops_dashboard.settings import Settings
from ops_dashboard.storage.errors import InUse
from ops_dashboard.storage.place import place_of

_ENDING = ".lock"


def lock_database(settings: Settings) -> int | None:
    """Lock the SQLite file that the settings name until the process ends, however it ends.

    A server has a lock of its own, which :meth:`Database.hold` takes once it answers.

    Returns the descriptor that holds the lock; None where there is no file, or nothing can be written beside it.

    Raises:
        InUse: another process holds it.
    """
    place = place_of(settings)
    if place.file is None:
        return None
    try:
        if settings.database_url is None:
            place.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = os.open(place.file.with_name(place.file.name + _ENDING), os.O_RDWR | os.O_CREAT, 0o600)
    except OSError:
        return None  # where nothing can be written two processes do each other no harm
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        raise InUse(
            f"Another dashboard uses {place.file.parent}: stop it, or set {place.variable} to another place."
        ) from None
    return lock
