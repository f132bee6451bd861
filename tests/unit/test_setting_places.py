"""Where data is kept: which directories and addresses are accepted, and what a refusal says."""

from pathlib import Path

import pytest
from platformdirs import user_data_path

from ops_dashboard.settings import Settings, SettingsError, load, variable

SECRET = "s3cr3t-password"


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(variable(name), raising=False)


def loaded(monkeypatch: pytest.MonkeyPatch, **values: str) -> Settings:
    for name, value in values.items():
        monkeypatch.setenv(variable(name), value)
    return load()


def database_url(monkeypatch: pytest.MonkeyPatch, url: str) -> str:
    secret = loaded(monkeypatch, database_url=url).database_url
    assert secret is not None
    return secret.get_secret_value()


def refusal(monkeypatch: pytest.MonkeyPatch, **values: str) -> str:
    with pytest.raises(SettingsError) as caught:
        loaded(monkeypatch, **values)
    return str(caught.value)


def test_by_default_it_keeps_data_where_the_platform_wants_it() -> None:
    plain = load()
    assert plain.data_dir == user_data_path("ops-dashboard", appauthor=False)
    assert plain.data_dir.is_absolute()
    assert plain.database_url is None


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("/var/lib/ops", "/var/lib/ops"),
        ("/var/lib/ops/", "/var/lib/ops"),
        (" /var/lib/ops ", "/var/lib/ops"),
        ("/with space/and %", "/with space/and %"),
        ("~/ops", "{home}/ops"),
        ("kept/here", "{start}/kept/here"),
    ],
)
def test_a_directory_stays_right_wherever_the_process_goes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, given: str, kept: str
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    expected = kept.format(home=tmp_path / "home", start=tmp_path)
    assert loaded(monkeypatch, data_dir=given).data_dir == Path(expected)


@pytest.mark.parametrize("given", [" ", "/a\nb", "/bell\x07"])
def test_what_can_be_no_directory_is_refused(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    sentence = refusal(monkeypatch, data_dir=given)
    assert sentence.startswith("OPS_DATA_DIR=")
    assert sentence.endswith(" is not accepted: it must be a directory, as /var/lib/ops-dashboard.")
    assert "\n" not in sentence


def test_a_home_directory_that_does_not_exist_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "begins in a home directory, and there is none" in refusal(
        monkeypatch, data_dir="~no-such-user-here/ops"
    )


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("sqlite+aiosqlite:////var/lib/ops.db", "sqlite+aiosqlite:////var/lib/ops.db"),
        ("sqlite+aiosqlite:///ops.db", "sqlite+aiosqlite:///{start}/ops.db"),
        ("sqlite+aiosqlite:///~/ops.db", "sqlite+aiosqlite:///{home}/ops.db"),
        ("postgresql+asyncpg://host/ops", "postgresql+asyncpg://host/ops"),
        (
            f" postgresql+asyncpg://user:{SECRET}@[::1]:5433/ops?ssl=verify-full ",
            f"postgresql+asyncpg://user:{SECRET}@[::1]:5433/ops?ssl=verify-full",
        ),
        ("postgresql+asyncpg://user:p%40ss@host/ops", "postgresql+asyncpg://user:p%40ss@host/ops"),
        (
            "postgresql+asyncpg://user@/ops?host=/run/postgresql",
            "postgresql+asyncpg://user@/ops?host=%2Frun%2Fpostgresql",
        ),
    ],
)
def test_it_accepts_a_file_and_a_server(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, given: str, kept: str
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    assert database_url(monkeypatch, given) == kept.format(home=tmp_path / "home", start=tmp_path)


@pytest.mark.parametrize(
    "url",
    [
        "ops.db",
        "/var/lib/ops.db",
        "sqlite:///ops.db",
        "postgres://host/ops",
        f"postgresql://user:{SECRET}@host/ops",
        f"postgresql+psycopg://user:{SECRET}@host/ops",
        f"mysql+aiomysql://user:{SECRET}@host/ops",
        f"postgresql+asyncpg://user:{SECRET}@host:port/ops",
        f"postgresql+asyncpg://user:{SECRET}@host:99999/ops",
        f"postgresql+asyncpg://user:{SECRET}@host:0/ops",
        f"postgresql+asyncpg://user:{SECRET}@ho\nst/ops",
    ],
)
def test_any_other_address_is_refused_and_not_repeated(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    sentence = refusal(monkeypatch, database_url=url)
    assert sentence == (
        "OPS_DATABASE_URL is not accepted: it must be sqlite+aiosqlite:////directory/file"
        " or postgresql+asyncpg://user:password@host/database."
    )


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("sqlite+aiosqlite://", "names no file"),
        ("sqlite+aiosqlite:///:memory:", "names no file"),
        ("sqlite+aiosqlite://var/lib/ops.db", "names no file"),
        ("sqlite+aiosqlite:////var/lib/ops.db?mode=memory", "options after the file"),
        (f"postgresql+asyncpg://user:{SECRET}@/ops", "names no host"),
        (f"postgresql+asyncpg://user:x@{SECRET}@host/ops", "names no host"),
        (f"postgresql+asyncpg://user:{SECRET}@host", "names no database"),
        (f"postgresql+asyncpg://user:{SECRET}@host/ops?sslmode=require", "only options are host and ssl"),
        (f"postgresql+asyncpg://user@host/ops?password={SECRET}", "only options are host and ssl"),
        (f"postgresql+asyncpg://user:{SECRET}@host/ops?ssl=yes", "one of disable, allow, prefer"),
        (f"postgresql+asyncpg://user:{SECRET}@/ops?host=other", "directory of sockets"),
        (f"postgresql+asyncpg://user:{SECRET}@host/ops?host=/run", "directory of sockets"),
    ],
)
def test_a_refusal_of_a_near_miss_gives_the_reason_and_no_secret(
    monkeypatch: pytest.MonkeyPatch, url: str, reason: str
) -> None:
    sentence = refusal(monkeypatch, database_url=url)
    assert sentence.startswith("OPS_DATABASE_URL is not accepted: ")
    assert reason in sentence
    assert sentence.endswith(".")
    assert SECRET not in sentence


def test_the_address_is_hidden_wherever_the_settings_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    configured = loaded(monkeypatch, database_url=f"postgresql+asyncpg://user:{SECRET}@host/ops")
    assert SECRET not in repr(configured) + str(configured) + configured.model_dump_json()
