"""What can go wrong with the database.

StorageError
├── Unwritable       the directory or file cannot be made, opened or written
├── DiskFull         no space is left
├── BrokenDatabase   the file is no database, or is damaged
├── Locked           another program holds the database for too long
├── Unreachable      the server does not answer, or the connection to it broke
├── AccessRefused    the server refuses the user, the password, the database or a right
├── MissingDriver    the driver for PostgreSQL is not installed
├── NewerSchema      the database was made by a newer version of the dashboard
├── Moved            the file was deleted or replaced while it was open
├── WrongEncoding    the server keeps text in an encoding that cannot hold every character
├── InUse            another process of the dashboard uses the database
└── DamagedRow       one stored entry cannot be read; the rest of the database can be used
"""


class StorageError(Exception):
    """The database cannot do what was asked. The text is for the operator: whole sentences on one line.

    It names the setting to look at and never holds a password or a user's name.
    """


class Unwritable(StorageError):
    """The directory or the file cannot be made, opened or written."""


class DiskFull(StorageError):
    """No space is left where the database is kept."""


class BrokenDatabase(StorageError):
    """The file is no database, or is damaged."""


class Locked(StorageError):
    """Another program holds the database for too long; it may be tried again."""


class Unreachable(StorageError):
    """The server does not answer, or the connection to it broke; it may be tried again."""


class AccessRefused(StorageError):
    """The server refuses the user, the password, the database or a right."""


class MissingDriver(StorageError):
    """The driver for PostgreSQL is not installed."""


class NewerSchema(StorageError):
    """The database was made by a newer version of the dashboard; it is left as it is."""


class Moved(StorageError):
    """The file was deleted or replaced while it was open; what was written since is in no file."""


class WrongEncoding(StorageError):
    """The server keeps text in an encoding that cannot hold every character."""


class InUse(StorageError):
    """Another process of the dashboard uses the database."""


class DamagedRow(StorageError):
    """One stored entry cannot be read; the rest of the database can be used."""


def concerns_one_entry(error: StorageError) -> bool:
    """Whether other entries may be written all the same: the failure is none of the database as a whole."""
    return type(error) in (StorageError, DamagedRow)
