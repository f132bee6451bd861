"""Where the database is, and how to speak of it without its secrets."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, make_url

from ops_dashboard.settings import Settings, variable

FILE_NAME = "ops.db"
_SQLITE = "sqlite+aiosqlite"
_DEFAULT_PORT = 5432


@dataclass(frozen=True, slots=True)
class Place:
    """The address of the database, and the setting it comes from."""

    url: URL
    variable: str

    @property
    def file(self) -> Path | None:
        """The file of an SQLite database; None for a server."""
        if self.url.get_backend_name() == "sqlite" and self.url.database:
            return Path(self.url.database)
        return None

    def __str__(self) -> str:
        """To be read within a sentence; without user and password."""
        if self.file:
            return f"the database {self.file} ({self.variable})"
        # A directory of sockets stands in the query, a host does not.
        host = self.url.host or self.url.query.get("host")
        port = self.url.port or _DEFAULT_PORT
        return f"PostgreSQL at {host}, port {port} ({self.variable})"

    def sentence(self, template: str, cause: str = "") -> str:
        """A template with ``{place}`` and ``{cause}`` as a sentence.

        A cause comes from elsewhere and may repeat parts of the address: the password is taken out of it.
        """
        if self.url.password:
            cause = cause.replace(str(self.url.password), "***")
        text = template.format(place=self, cause=cause)
        return text[0].upper() + text[1:]


def place_of(settings: Settings) -> Place:
    """The place that the settings name: OPS_DATABASE_URL, or else a file in OPS_DATA_DIR."""
    if settings.database_url is not None:
        return Place(make_url(settings.database_url.get_secret_value()), variable("database_url"))
    file = settings.data_dir / FILE_NAME
    return Place(URL.create(_SQLITE, database=str(file)), variable("data_dir"))
