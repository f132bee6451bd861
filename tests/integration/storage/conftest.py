"""Databases for tests: SQLite files, and PostgreSQL where its programs are installed."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from ops_dashboard.settings import Settings
from ops_dashboard.storage.database import Database, open_database
from tests.integration.storage.postgres_server import PostgresServer, programs

_deselected: list[pytest.Item] = []


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Without the programs of PostgreSQL its tests are taken out, and the summary says so."""
    if programs() is not None:
        return
    _deselected.extend(item for item in items if _needs_server(item))
    config.hook.pytest_deselected(items=_deselected)
    items[:] = [item for item in items if not _needs_server(item)]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was taken out."""
    if _deselected:
        terminalreporter.write_line(
            f"{len(_deselected)} tests with PostgreSQL were deselected: initdb and postgres are not"
            " installed (package postgresql).",
            yellow=True,
        )


def _needs_server(item: pytest.Item) -> bool:
    call = getattr(item, "callspec", None)
    on_server = call is not None and call.params.get("settings") == "postgresql"
    return on_server or "postgres" in getattr(item, "fixturenames", ())


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A running server, one for all tests."""
    with PostgresServer() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
async def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """Settings that name an empty place for a database: a directory, or a server's database."""
    if request.param == "sqlite":
        return Settings(data_dir=tmp_path, database_url=None)
    server = request.getfixturevalue("postgres")
    return Settings(data_dir=tmp_path, database_url=SecretStr(await server.empty_database()))


@pytest.fixture
async def database(settings: Settings) -> AsyncIterator[Database]:
    """An open database of either kind."""
    async with await open_database(settings) as opened:
        yield opened
