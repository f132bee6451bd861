"""The audit of the dependencies: green only for what was checked, whatever its tools say."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

from ops_dashboard.serving.errors import BuildError
from scripts import audit_dependencies
from scripts.audit_answers import CLEAN, FOUND, NOT_CHECKED, Answer, read_npm_audit, read_pip_audit, report
from scripts.audit_dependencies import LOCK, ask_npm, ask_pip_audit
from scripts.pins import Pin

PINNED = {"reflex": "0.10.1", "starlette": "1.10.0"}
CLEAN_PIP: list[dict[str, Any]] = [
    {"name": "reflex", "version": "0.10.1", "vulns": []},
    {"name": "starlette", "version": "1.10.0", "vulns": []},
]
BUG = {"id": "PYSEC-1", "fix_versions": ["1.10.1"], "aliases": [], "description": "..."}
CLEAN_NPM = {"auditReportVersion": 2, "vulnerabilities": {}, "metadata": {"dependencies": {"total": 2}}}


def pip(dependencies: list[dict[str, Any]]) -> Answer:
    return read_pip_audit(
        "constraints.txt", PINNED, json.dumps({"dependencies": dependencies, "fixes": []}), ""
    )


def npm(told: dict[str, Any]) -> Answer:
    return read_npm_audit("package-lock.json", 2, json.dumps(told), "")


def test_all_checked_and_none_found_is_clean() -> None:
    text, code = report([pip(CLEAN_PIP), npm(CLEAN_NPM)])
    assert code == CLEAN
    assert text.splitlines() == [
        "Clean: constraints.txt, 2 packages without a known vulnerability.",
        "Clean: package-lock.json, 2 packages without a known vulnerability.",
    ]


def test_a_finding_of_pip_audit_names_the_version_and_where_it_is_fixed() -> None:
    answer = pip(
        [CLEAN_PIP[0], {**CLEAN_PIP[1], "vulns": [BUG, {**BUG, "id": "PYSEC-2", "fix_versions": []}]}]
    )
    text, code = report([answer, npm(CLEAN_NPM)])
    assert code == FOUND
    assert "starlette 1.10.0: PYSEC-1, fixed in 1.10.1" in text
    assert "starlette 1.10.0: PYSEC-2, not fixed yet" in text


def test_a_finding_of_npm_names_the_advisory() -> None:
    found = {
        "ms": {"severity": "high", "via": [{"title": "Slow", "url": "https://advisories.example/1"}]},
        "debug": {"severity": "low", "via": ["ms"]},
    }
    text, code = report([npm({**CLEAN_NPM, "vulnerabilities": found})])
    assert code == FOUND
    assert "ms (high): Slow, https://advisories.example/1" in text
    assert "debug (low): through ms" in text


@pytest.mark.parametrize(
    "dependencies",
    [
        [],
        CLEAN_PIP[:1],
        [CLEAN_PIP[0], {"name": "starlette", "skip_reason": "Dependency not found on PyPI"}],
        [CLEAN_PIP[0], {**CLEAN_PIP[1], "version": "1.9.0"}],
    ],
    ids=["none", "one missing", "one skipped", "another version"],
)
def test_a_package_that_the_answer_is_not_about_was_not_checked(dependencies: list[dict[str, Any]]) -> None:
    text, code = report([pip(dependencies)])
    assert code == NOT_CHECKED
    assert "NOT CHECKED: constraints.txt" in text
    assert "starlette" in text
    assert "Clean" not in text


@pytest.mark.parametrize("stdout", ["", "null", "[]", "{}", '{"dependencies": [{}]}', "<html>"])
def test_no_answer_of_pip_audit_is_told_with_the_last_line_of_its_complaint(stdout: str) -> None:
    answer = read_pip_audit("constraints.txt", PINNED, stdout, "Traceback\nConnectionError: no route\n")
    assert answer.code == NOT_CHECKED
    assert answer.unchecked == "pip-audit got no answer: ConnectionError: no route."


@pytest.mark.parametrize(
    "told",
    [
        {"message": "405 Method Not Allowed", "error": {"summary": ""}},
        {"error": {"code": "ENOLOCK"}},
        {**CLEAN_NPM, "metadata": {"dependencies": {"total": 0}}},
        {},
    ],
)
def test_an_error_of_npm_is_no_clean_answer(told: dict[str, Any]) -> None:
    assert npm(told).code == NOT_CHECKED


def test_the_text_says_what_to_do_about_what_was_not_checked() -> None:
    text, code = report([pip(CLEAN_PIP), npm({"message": "405 Method Not Allowed", "error": {}})])
    assert code == NOT_CHECKED
    assert "405 Method Not Allowed" in text
    assert "What was not checked may be vulnerable" in text


def test_findings_outrank_what_was_not_checked() -> None:
    answer = pip([{**CLEAN_PIP[0], "vulns": [BUG]}])
    text, code = report([answer, npm(CLEAN_NPM)])
    assert code == FOUND
    assert "NOT CHECKED" in text
    assert "FOUND" in text


def test_nothing_asked_is_nothing_checked() -> None:
    assert report([])[1] == NOT_CHECKED


@pytest.fixture
def tool(tmp_path: Path) -> Path:
    """Stands for pip-audit: finds every package of the file that it is given clean."""
    script = """
import json, sys
lines = open(sys.argv[sys.argv.index("--requirement") + 1]).read().splitlines()
assert "--disable-pip" in sys.argv and all("--hash=sha256:" in line for line in lines)
pinned = [line.split()[0].split("==") for line in lines]
print(json.dumps({"dependencies": [{"name": n, "version": v, "vulns": []} for n, v in pinned]}))
"""
    path = tmp_path / "pip-audit"
    path.write_text(f"#!{sys.executable}\n{script}", encoding="utf-8")
    path.chmod(0o755)
    return path


PINS = {
    "reflex": Pin(Requirement("reflex==0.10.1"), ("sha256:aa",), frozenset()),
    "colorama": Pin(Requirement("colorama==0.4.6; sys_platform == 'win32'"), ("sha256:bb",), frozenset()),
}


def test_pip_audit_is_asked_about_the_pins_of_every_platform(tool: Path) -> None:
    assert ask_pip_audit(str(tool), "constraints.txt", PINS) == Answer("constraints.txt", 2)


def test_a_missing_pip_audit_is_told(tmp_path: Path) -> None:
    answer = ask_pip_audit(str(tmp_path / "none"), "constraints.txt", PINS)
    assert answer.code == NOT_CHECKED
    assert "pip-audit is not installed" in answer.unchecked


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with two packages in its lock, and an npm that asks a service that answers 404."""
    (tmp_path / LOCK).parent.mkdir()
    (tmp_path / LOCK).write_text(json.dumps({"packages": {"": {}, "node_modules/a": {}}}), encoding="utf-8")
    npm = tmp_path / "npm"
    npm.write_text(
        """#!/bin/sh\necho '{"message": "404 Not Found", "error": {}}'\nexit 1\n""", encoding="utf-8"
    )
    npm.chmod(0o755)
    monkeypatch.setattr(audit_dependencies, "build_environment", lambda root: {"PATH": f"{root}:/bin"})
    return tmp_path


def test_npm_is_asked_about_the_lock(checkout: Path) -> None:
    answer = ask_npm(checkout)
    assert (answer.about, answer.asked) == ("reflex.lock/package-lock.json", 1)
    assert answer.unchecked == "npm audit got no answer: 404 Not Found."


def test_a_missing_npm_is_told(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(root: Path) -> dict[str, str]:
        raise BuildError("Building the frontend needs Node.js.")

    monkeypatch.setattr(audit_dependencies, "build_environment", none)
    assert ask_npm(checkout).unchecked == "Building the frontend needs Node.js."


def test_the_command_ends_with_the_code_of_the_report(
    tool: Path, checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in audit_dependencies.PINS:
        (checkout / name).write_text("reflex==0.10.1 \\\n    --hash=sha256:aa\n", encoding="utf-8")
    monkeypatch.setattr(audit_dependencies, "ROOT", checkout)
    assert audit_dependencies.main([str(tool)]) == NOT_CHECKED
    assert "Clean: constraints.txt, 1 packages" in capsys.readouterr().out
