"""What only a server can do: be away, refuse, be locked, go and come back."""

import asyncio
from pathlib import Path

import asyncpg
import pytest
from pydantic import SecretStr

from ops_dashboard.settings import Settings
from ops_dashboard.storage import schema
from ops_dashboard.storage.database import open_database
from ops_dashboard.storage.errors import AccessRefused, Locked, StorageError, Unreachable
from ops_dashboard.storage.series_archive import Saved, SeriesArchive
from tests.integration.storage.postgres_server import DATABASE, PASSWORD, USER, PostgresServer
from tests.servers import HOST, free_port

WRONG = "wr0ng-s3cr3t"


async def refusal(url: str, directory: Path, kind: type[StorageError]) -> str:
    with pytest.raises(kind) as caught:
        await open_database(Settings(data_dir=directory, database_url=SecretStr(url)))
    sentence = str(caught.value)
    assert "OPS_DATABASE_URL" in sentence
    assert "\n" not in sentence
    for secret in (PASSWORD, WRONG):
        assert secret not in sentence
    return sentence


@pytest.mark.parametrize(("user", "password"), [(USER, WRONG), ("someone", PASSWORD), (USER, "")])
async def test_a_wrong_password_or_user_is_told_alike(
    postgres: PostgresServer, tmp_path: Path, user: str, password: str
) -> None:
    url = postgres.url(DATABASE, user, password)
    sentence = await refusal(url, tmp_path, AccessRefused)
    assert sentence == (
        f"PostgreSQL at {HOST}, port {postgres.port} (OPS_DATABASE_URL) refuses the user name or the password."
    )


async def test_a_database_that_does_not_exist_is_told(postgres: PostgresServer, tmp_path: Path) -> None:
    assert "has no database of the name" in await refusal(postgres.url("none"), tmp_path, AccessRefused)


async def test_a_server_without_the_encryption_asked_for_is_told(
    postgres: PostgresServer, tmp_path: Path
) -> None:
    url = postgres.url(DATABASE) + "?ssl=require"
    assert "cannot be reached" in await refusal(url, tmp_path, Unreachable)


async def test_a_user_who_may_make_no_tables_is_told(postgres: PostgresServer, tmp_path: Path) -> None:
    await postgres.empty_database()
    await postgres.execute(f"CREATE ROLE reader LOGIN PASSWORD '{WRONG}'")
    sentence = await refusal(postgres.url(DATABASE, "reader", WRONG), tmp_path, AccessRefused)
    assert "refuses its user a right: permission denied for schema public" in sentence


async def test_a_server_that_is_not_there_is_told(tmp_path: Path) -> None:
    port = free_port()
    url = f"postgresql+asyncpg://{USER}:{WRONG}@{HOST}:{port}/ops"
    assert f"PostgreSQL at {HOST}, port {port} (OPS_DATABASE_URL) cannot be reached" in await refusal(
        url, tmp_path, Unreachable
    )


async def test_a_migration_of_another_process_is_waited_for_and_then_told(
    postgres: PostgresServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "BUSY_SECONDS", 1)
    url = await postgres.empty_database()
    other = await asyncpg.connect(url.replace("+asyncpg", ""))
    await other.execute(f"SELECT pg_advisory_lock({schema._LOCK})")
    assert "is locked by another program" in await refusal(url, tmp_path, Locked)
    waiting = asyncio.create_task(open_database(Settings(data_dir=tmp_path, database_url=SecretStr(url))))
    await other.execute(f"SELECT pg_advisory_unlock({schema._LOCK})")
    await (await waiting).close()
    await other.close()


async def test_saves_go_on_when_the_server_is_back(postgres: PostgresServer, tmp_path: Path) -> None:
    url = SecretStr(await postgres.empty_database())
    async with await open_database(Settings(data_dir=tmp_path, database_url=url)) as database:
        archive = SeriesArchive(database)
        await archive.save("x", b"before", 1)
        postgres.stop()
        for _ in range(2):
            with pytest.raises(Unreachable, match="OPS_DATABASE_URL"):
                await archive.save("x", b"lost", 2)
        postgres.start()
        assert await archive.load("x") == Saved(b"before", 1)
        await archive.save("x", b"after", 3)
        assert await archive.load("x") == Saved(b"after", 3)
