"""One process at a time on a database, whose lock ends with it."""

import os
from pathlib import Path

import pytest
from pydantic import SecretStr

from ops_dashboard.settings import Settings
from ops_dashboard.storage.database import open_database
from ops_dashboard.storage.errors import InUse
from ops_dashboard.storage.process_lock import lock_database
from tests.integration.storage.postgres_server import PostgresServer


def test_second_process_is_told_which_folder_is_used(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data", database_url=None)
    lock = lock_database(settings)
    assert lock is not None
    with pytest.raises(InUse) as caught:
        lock_database(settings)
    place = f"Another dashboard uses {tmp_path}/data: "
    assert str(caught.value) == f"{place}stop it, or set OPS_DATA_DIR to another place."
    os.close(lock)
    again = lock_database(settings)
    assert again is not None
    os.close(again)
    assert (tmp_path / "data" / "ops.db.lock").stat().st_mode & 0o777 == 0o600


def test_folder_that_cannot_be_written_needs_no_lock(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file, where the directory should be")
    assert lock_database(Settings(data_dir=tmp_path / "data", database_url=None)) is None


async def test_server_serves_one_process_of_each_backend(tmp_path: Path, postgres: PostgresServer) -> None:
    settings = Settings(data_dir=tmp_path, database_url=SecretStr(await postgres.empty_database()))
    async with await open_database(settings) as one, await open_database(settings) as other:
        await one.hold("http://backend")
        await other.hold("http://other")
        with pytest.raises(InUse, match="Another dashboard for the same backend uses PostgreSQL"):
            await other.hold("http://backend")
    async with await open_database(settings) as next_one:
        await next_one.hold("http://backend")
        await next_one.check()
