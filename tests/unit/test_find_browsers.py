"""The browsers of the tests: found, installed where that is allowed, or asked for in one sentence."""

import os
from pathlib import Path

import pytest

from scripts import find_browsers
from scripts.find_browsers import BROWSERS, CHROMIUM, FIREFOX, WEBKIT


def put(directory: Path, name: str, script: str = "") -> str:
    program = directory / name
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    return str(program)


@pytest.fixture(autouse=True)
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The one directory on the PATH, empty at first; the user is not root."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    for browser in BROWSERS.values():
        monkeypatch.delenv(browser.variable, raising=False)
    return tmp_path


@pytest.fixture
def apt(path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An apt-get that installs Firefox, run by root; the file notes what it was asked for."""
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    asked = path / "asked"
    put(path, "firefox-esr-of-apt")
    put(
        path,
        "apt-get",
        f'echo "$@" >> {asked}; [ "$1" = update ] || /bin/cp -p {path}/firefox-esr-of-apt {path}/firefox-esr',
    )
    return asked


def test_the_first_name_on_the_path_is_taken_unless_another_program_is_named(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert CHROMIUM.find() is None
    chrome = put(path, "google-chrome")
    assert CHROMIUM.find() == chrome
    chromium = put(path, "chromium")
    assert CHROMIUM.find() == chromium
    monkeypatch.setenv("CHROMIUM", put(path, "mine"))
    assert CHROMIUM.find() == str(path / "mine")
    monkeypatch.setenv("CHROMIUM", str(path / "none"))
    assert CHROMIUM.find() is None


def test_webkit_is_of_no_use_without_a_display(path: Path) -> None:
    driver = put(path, "WebKitWebDriver")
    assert WEBKIT.find() is None
    put(path, "Xvfb")
    assert WEBKIT.find() == driver


def test_each_missing_browser_is_one_sentence_and_a_failure(capsys: pytest.CaptureFixture[str]) -> None:
    assert find_browsers.main(["firefox", "webkit"]) == 1
    assert capsys.readouterr().err == (
        "The tests need Firefox (apt-get install firefox-esr); FIREFOX may name another one.\n"
        "The tests need WebKit's driver and Xvfb (apt-get install webkit2gtk-driver xvfb);"
        " WEBKIT_DRIVER may name another one.\n"
    )
    with pytest.raises(AssertionError, match="need Firefox"):
        FIREFOX.demand()


def test_nothing_is_said_of_what_is_there(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert put(path, "firefox") == FIREFOX.demand()
    assert find_browsers.main(["firefox"]) == 0
    assert capsys.readouterr().err == ""


def test_root_gets_only_what_is_missing_installed(path: Path, apt: Path) -> None:
    put(path, "chromium")
    assert find_browsers.main(["chromium", "firefox"]) == 0
    assert apt.read_text(encoding="utf-8").splitlines() == [
        "update",
        "install --yes --no-install-recommends firefox-esr",
    ]


def test_a_browser_that_is_named_is_not_installed(apt: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FIREFOX", "nowhere")
    assert find_browsers.main(["firefox"]) == 1
    assert not apt.exists()


def test_an_installation_that_fails_is_told(
    path: Path, apt: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(path, "apt-get", "exit 100")
    assert find_browsers.main(["firefox"]) == 1
    assert "apt-get update failed. The tests need Firefox" in capsys.readouterr().err
