"""PostgreSQL is optional: without its driver the operator is told what to install."""

import sys
from pathlib import Path

import pytest
from pydantic import SecretStr

from ops_dashboard.settings import Settings
from ops_dashboard.storage.database import open_database
from ops_dashboard.storage.errors import MissingDriver

SECRET = "s3cr3t-password"


async def test_without_the_driver_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "asyncpg", None)
    url = SecretStr(f"postgresql+asyncpg://user:{SECRET}@db.example/ops")
    with pytest.raises(MissingDriver) as caught:
        await open_database(Settings(data_dir=tmp_path, database_url=url))
    assert str(caught.value) == (
        "OPS_DATABASE_URL names PostgreSQL, whose driver is not installed: install ops-dashboard[postgresql]."
    )
