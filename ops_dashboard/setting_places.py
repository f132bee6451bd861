"""The kinds of values that say where data is kept."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from platformdirs import user_data_path
from pydantic import AfterValidator, SecretStr

from ops_dashboard.setting_values import Accepts, Refused, is_host

if TYPE_CHECKING:
    from sqlalchemy.engine.url import URL

# What an address of PostgreSQL may hold after its question mark: encryption, and a directory of sockets.
_OPTIONS = {"ssl", "host"}
_SSL_MODES = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")


def default_data_dir() -> Path:
    """The platform's directory for the data of this user's programs, for this one."""
    return user_data_path("ops-dashboard", appauthor=False)


def _directory(path: Path) -> Path:
    return _absolute(str(path).strip())


def _absolute(text: str) -> Path:
    """A path that stays right when the current directory changes, as it does when serving."""
    if not text or not text.isprintable():
        raise ValueError
    try:
        return Path(text).expanduser().absolute()
    except RuntimeError as error:
        raise Refused("it begins in a home directory, and there is none; name it from / on") from error


def _sqlite(url: "URL") -> "URL":
    if url.host or not url.database or url.database == ":memory:":
        raise Refused("it names no file, as sqlite+aiosqlite:////var/lib/ops.db with its four slashes does")
    if url.query:
        raise Refused("options after the file are not supported")
    return url.set(database=str(_absolute(url.database)))


def _postgresql(url: "URL") -> "URL":
    host, sockets = url.host, url.query.get("host")
    if sockets is None and not is_host(host or ""):
        raise Refused("it names no host; write special characters of a password as %40 and the like")
    if sockets is not None and (host or not isinstance(sockets, str) or not sockets.startswith("/")):
        raise Refused("host=… may only stand for a directory of sockets, in place of a host")
    if not url.database:
        raise Refused("it names no database after the host")
    if not (url.port is None or 0 < url.port < 65536):
        raise ValueError
    if set(url.query) - _OPTIONS or url.query.get("ssl", "prefer") not in _SSL_MODES:
        raise Refused(f"its only options are host and ssl, which is one of {', '.join(_SSL_MODES)}")
    return url


_KINDS = {"sqlite+aiosqlite": _sqlite, "postgresql+asyncpg": _postgresql}


def _database_url(secret: SecretStr | None) -> SecretStr | None:
    if secret is None:
        return None
    # Imported when needed: it takes longer than all the rest of the settings.
    from sqlalchemy.engine.url import make_url
    from sqlalchemy.exc import ArgumentError

    text = secret.get_secret_value().strip()
    try:
        url = make_url(text)
    except ArgumentError as error:
        raise ValueError from error
    if not text.isprintable() or url.drivername not in _KINDS:
        raise ValueError
    return SecretStr(_KINDS[url.drivername](url).render_as_string(hide_password=False))


DataDirectory = Annotated[Path, AfterValidator(_directory), Accepts("a directory, as /var/lib/ops-dashboard")]
DatabaseUrl = Annotated[
    SecretStr | None,
    AfterValidator(_database_url),
    Accepts(
        "sqlite+aiosqlite:////directory/file or postgresql+asyncpg://user:password@host/database", shown=False
    ),
]
