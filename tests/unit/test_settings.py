"""Settings: what is accepted, and what a refusal says."""

import math
import os
import pwd
from pathlib import Path
from typing import get_args

import pytest

from ops_dashboard.demo.scenarios import SCENARIOS
from ops_dashboard.domain.modules import WATCHED_MODULES
from ops_dashboard.settings import (
    ScenarioName,
    Settings,
    SettingsError,
    demand_home,
    drop_foreign_variables,
    load,
    settings,
    unknown_variables,
    variable,
)

SECRET = "s3cr3t-password"


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(variable(name), raising=False)


def loaded(monkeypatch: pytest.MonkeyPatch, **values: str) -> Settings:
    for name, value in values.items():
        monkeypatch.setenv(variable(name), value)
    return load()


def refusal(monkeypatch: pytest.MonkeyPatch, **values: str) -> str:
    with pytest.raises(SettingsError) as caught:
        loaded(monkeypatch, **values)
    return str(caught.value)


def test_without_variables_it_watches_the_demo_on_loopback() -> None:
    plain = load()
    assert plain.backend_url is None
    assert plain.backend_token is None
    assert (plain.host, plain.port) == ("127.0.0.1", 8300)
    assert (plain.refresh_seconds, plain.alert_seconds, plain.timeout_seconds) == (30, 1, 5)
    assert plain.modules == WATCHED_MODULES
    assert len(WATCHED_MODULES) == 13


def test_an_empty_variable_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    assert loaded(monkeypatch, backend_url="", port="", modules="") == load()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://api.example.com", "https://api.example.com"),
        ("http://127.0.0.1:8000/", "http://127.0.0.1:8000"),
        ("http://[::1]:8000/base/", "http://[::1]:8000/base"),
        (" http://host ", "http://host"),
    ],
)
def test_it_keeps_a_backend_address_without_its_last_slash(
    monkeypatch: pytest.MonkeyPatch, given: str, kept: str
) -> None:
    assert loaded(monkeypatch, backend_url=given).backend_url == kept


@pytest.mark.parametrize(
    "url",
    [
        "localhost:8000",
        "ftp://host",
        "file:///etc/passwd",
        "http://",
        "http://host:0",
        "http://host:99999",
        "http://host:port",
        "http://[::1",
        "http://ho st",
        "http://host/a b",
        "http://host/\x07",
        "http://ho\nst",
        "http://host\\@other",
    ],
)
def test_it_refuses_what_is_no_http_address(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    assert "OPS_BACKEND_URL is not accepted: it must be an http or https" in refusal(
        monkeypatch, backend_url=url
    )


@pytest.mark.parametrize("url", [f"http://user:{SECRET}@host", f"https://{SECRET}@host"])
def test_it_refuses_credentials_in_the_address_and_does_not_repeat_them(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    sentence = refusal(monkeypatch, backend_url=url)
    assert "OPS_BACKEND_TOKEN" in sentence
    assert SECRET not in sentence


@pytest.mark.parametrize("url", [f"http://host/?key={SECRET}", f"http://host#{SECRET}", "http://host?"])
def test_it_refuses_a_query_or_fragment(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    sentence = refusal(monkeypatch, backend_url=url)
    assert "query or a fragment" in sentence
    assert SECRET not in sentence


@pytest.mark.parametrize("ending", ["\nx", "\r\nx", "é", "\x7f", " x"])
def test_it_refuses_a_token_that_cannot_be_sent_and_does_not_repeat_it(
    monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    sentence = refusal(monkeypatch, backend_token=SECRET + ending)
    assert sentence.startswith("OPS_BACKEND_TOKEN is not accepted")
    assert SECRET not in sentence


def test_a_token_is_hidden_wherever_the_settings_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    configured = loaded(monkeypatch, backend_token=SECRET)
    assert configured.backend_token is not None
    assert configured.backend_token.get_secret_value() == SECRET
    assert SECRET not in repr(configured) + str(configured) + configured.model_dump_json()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("port", "-1"),
        ("port", "65536"),
        ("port", "http"),
        ("port", "80.5"),
        ("host", "a b"),
        ("host", "http://0.0.0.0"),
        ("host", "-x"),
        ("refresh_seconds", "4.9"),
        ("refresh_seconds", "3601"),
        ("refresh_seconds", "nan"),
        ("refresh_seconds", "inf"),
        ("alert_seconds", "0.1"),
        ("alert_seconds", "61"),
        ("alert_seconds", "-1"),
        ("alert_seconds", "nan"),
        ("timeout_seconds", "0"),
        ("timeout_seconds", "nan"),
        ("modules", ",,"),
        ("modules", "a/b"),
        ("modules", "search,.."),
        ("modules", "x" * 65),
        ("modules", ",".join(f"m{number}" for number in range(201))),
        ("demo_scenario", "calm"),
        ("demo_seed", "-1"),
        ("log_level", "loud"),
    ],
)
def test_a_refusal_is_one_sentence_with_the_variable_and_what_is_accepted(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    sentence = refusal(monkeypatch, **{name: value})
    assert sentence.startswith(f"{variable(name)}='{value[:60]}' is not accepted: it must be ")
    assert sentence.endswith(".")
    assert "\n" not in sentence


def test_a_long_bad_value_is_cut_in_the_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(refusal(monkeypatch, log_level="x" * 5000)) < 200


def test_zero_switches_the_alert_readings_off(monkeypatch: pytest.MonkeyPatch) -> None:
    assert loaded(monkeypatch, alert_seconds="0").alert_seconds == 0


def test_modules_are_a_list_without_repetition(monkeypatch: pytest.MonkeyPatch) -> None:
    assert loaded(monkeypatch, modules=" search, auth,search,,x.y-z_1 ").modules == (
        "search",
        "auth",
        "x.y-z_1",
    )


def test_words_may_be_written_in_capitals(monkeypatch: pytest.MonkeyPatch) -> None:
    configured = loaded(monkeypatch, log_level="DEBUG", demo_scenario=" Incident")
    assert (configured.log_level, configured.demo_scenario) == ("debug", "incident")


def test_every_scenario_of_the_demo_can_be_chosen() -> None:
    assert set(get_args(ScenarioName)) == set(SCENARIOS)


def test_an_unknown_variable_is_named_with_the_likely_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPS_BACKND_URL", SECRET)
    monkeypatch.setenv("OPS_ZZZZZZ", SECRET)
    assert unknown_variables() == [
        "OPS_BACKND_URL is not a setting and has no effect; did you mean OPS_BACKEND_URL?",
        "OPS_ZZZZZZ is not a setting and has no effect.",
    ]


def test_the_settings_of_a_process_are_read_once_and_cannot_be_changed() -> None:
    settings.cache_clear()
    assert settings() is settings()
    with pytest.raises(ValueError, match="frozen"):
        settings().port = 1  # pyright: ignore[reportAttributeAccessIssue]
    settings.cache_clear()


def test_every_setting_is_described_and_finite() -> None:
    for name, field in Settings.model_fields.items():
        assert field.description, name
        assert not (isinstance(field.default, float) and not math.isfinite(field.default)), name


@pytest.fixture
def homeless(monkeypatch: pytest.MonkeyPatch) -> None:
    """The user has no home directory, as one that is only a number."""

    def unknown(uid: int) -> None:
        raise KeyError(uid)

    monkeypatch.setattr(pwd, "getpwuid", unknown)
    for name in ("HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.usefixtures("homeless")
def test_without_a_home_the_data_directory_must_be_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with pytest.raises(SettingsError, match="OPS_DATA_DIR must be set: this user has no home"):
        load()
    monkeypatch.setenv("OPS_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("HOME", "")  # to be put back after the test
    monkeypatch.delenv("HOME")
    demand_home(load().data_dir)
    assert Path.home() == tmp_path


def test_settings_of_the_framework_are_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("REFLEX_REDIS_URL", "__REFLEX_SKIP_COMPILE", "OPS_PORT"):
        monkeypatch.setenv(name, "1")
    told = drop_foreign_variables()
    assert [sentence.split()[0] for sentence in told if "REDIS" in sentence or "SKIP" in sentence] == [
        "REFLEX_REDIS_URL",
        "__REFLEX_SKIP_COMPILE",
    ]
    assert "REFLEX_REDIS_URL" not in os.environ
    assert os.environ["OPS_PORT"] == "1"
