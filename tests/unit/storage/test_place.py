"""Where the database is, by the settings."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from ops_dashboard.settings import Settings
from ops_dashboard.storage.place import Place, place_of

SECRET = "s3cr3t-password"


def place(directory: Path, url: str | None = None) -> Place:
    return place_of(Settings(data_dir=directory, database_url=SecretStr(url) if url else None))


def test_without_an_address_it_is_a_file_in_the_data_directory(tmp_path: Path) -> None:
    plain = place(tmp_path)
    assert plain.file == tmp_path / "ops.db"
    assert str(plain) == f"the database {tmp_path}/ops.db (OPS_DATA_DIR)"


@pytest.mark.parametrize("name", ["a b", "50%", "what?", "a#b", "ä{place}"])
def test_a_directory_may_have_any_name(tmp_path: Path, name: str) -> None:
    plain = place(tmp_path / name)
    assert plain.file == tmp_path / name / "ops.db"
    assert (
        plain.sentence("{place} is here.") == f"The database {tmp_path}/{name}/ops.db (OPS_DATA_DIR) is here."
    )


def test_an_address_of_a_file_wins_over_the_directory(tmp_path: Path) -> None:
    other = place(tmp_path, f"sqlite+aiosqlite:///{tmp_path}/other.db")
    assert other.file == tmp_path / "other.db"
    assert str(other) == f"the database {tmp_path}/other.db (OPS_DATABASE_URL)"


@pytest.mark.parametrize(
    ("address", "text"),
    [
        ("db.example:5433/ops", "PostgreSQL at db.example, port 5433 (OPS_DATABASE_URL)"),
        ("db.example/ops", "PostgreSQL at db.example, port 5432 (OPS_DATABASE_URL)"),
        ("/ops?host=/run/sockets", "PostgreSQL at /run/sockets, port 5432 (OPS_DATABASE_URL)"),
    ],
)
def test_a_server_is_named_without_user_and_password(tmp_path: Path, address: str, text: str) -> None:
    server = place(tmp_path, f"postgresql+asyncpg://someone:{SECRET}@{address}")
    assert server.file is None
    assert str(server) == text
    assert SECRET not in repr(server)
