"""What stops an installation is said in one sentence, before anything is installed."""

import ast
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from unittest.mock import Mock

import pytest

from ops_dashboard.serving.steps import Step, sentence_for, turn
from scripts import install

ROOT = Path(__file__).resolve().parents[2]
ARGS = [".venv", "constraints.txt"]
RunInstall = Callable[[], tuple[int, str]]


@pytest.fixture
def run_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> RunInstall:
    monkeypatch.setattr(install, "ROOT", tmp_path)
    monkeypatch.setattr(install.signal, "signal", lambda *_: None)
    for name in ("constraints.txt", "pyproject.toml"):
        (tmp_path / name).touch()

    def run() -> tuple[int, str]:
        return install.main(ARGS), capsys.readouterr().err

    return run


def test_too_old_python_is_told_its_version() -> None:
    script = "import runpy, sys; sys.version_info = (3, 9, 2); runpy.run_module('scripts.install')"
    ended = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 1
    assert ended.stderr == (
        "Python 3.11 or newer is needed, and this is 3.9: name another one, as in `make run PYTHON=python3.13`.\n"
    )


def test_old_python_can_read_the_script() -> None:
    ast.parse((ROOT / "scripts/install.py").read_text(encoding="utf-8"), feature_version=(3, 6))


@pytest.mark.parametrize("missing", ["venv", "ensurepip"])
def test_python_without_venv_names_the_package(
    run_install: RunInstall, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    monkeypatch.setattr(install, "find_spec", lambda name: None if name == missing else name)
    code, told = run_install()
    assert code == 1
    assert "`apt-get install python3-venv`" in told
    assert told.count("\n") == 1


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("OSError: [Errno 28] No space left on device: '/x'", "The disk is full"),
        ("npm error code ENOSPC", "The disk is full"),
        ("NameResolutionError … \nERROR: No matching distribution found for a", "cannot be reached"),
        ("npm error code ENOTFOUND\nnpm error network request to …", "cannot be reached"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "not the one that is pinned"),
        ("ERROR: No matching distribution found for granian==2.8.7", "not to be had for this platform"),
        ("error: [Errno 13] Permission denied: '.venv'", "may not be written"),
    ],
)  # fmt: skip
def test_known_failure_is_one_sentence(output: str, sentence: str) -> None:
    told = sentence_for(f"Traceback (most recent call last):\n{output}", ROOT)
    assert sentence in told
    assert "\n" not in told


def test_unknown_failure_shows_the_end_of_the_output() -> None:
    told = sentence_for("\n".join(f"line {number}" for number in range(1000)), ROOT)
    assert told.endswith("\nline 999")
    assert told.count("\n") < 20


def test_little_free_space_is_a_full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Mock(free=12_000_000))
    assert "The disk is full" in sentence_for("ERR_INVALID_PACKAGE_CONFIG", ROOT)


def test_file_that_cannot_be_written_is_one_sentence(
    run_install: RunInstall, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(install, "run_child", full)
    code, told = run_install()
    assert (code, told.count("\n")) == (1, 1)
    assert "The disk is full" in told


def test_step_tells_its_seconds(capsys: pytest.CaptureFixture[str]) -> None:
    with Step("Building the page") as step:
        step.show()
    assert capsys.readouterr().out == "Building the page … 0 s\n"


def test_step_that_fails_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(OSError, match="full"), Step("Building the page"):
        raise OSError("full")
    assert capsys.readouterr().out == "Building the page … failed after 0 s\n"


def test_second_start_says_that_it_waits(tmp_path: Path) -> None:
    class Waits(Exception):
        """In place of the wait itself."""

    def say() -> None:
        raise Waits

    with turn(tmp_path), pytest.raises(Waits), turn(tmp_path, say):
        pass
    with turn(tmp_path, say):
        pass
