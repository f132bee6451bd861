"""What SECURITY.md promises is there, and the workflows run nothing that could change under them."""

import re
from pathlib import Path

import pytest

from ops_dashboard.settings import Settings, variable

ROOT = Path(__file__).resolve().parents[2]
SECURITY = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
QUOTED = set(re.findall(r"`([^`\n]+)`", SECURITY))
FILES = {text for text in QUOTED if re.search(r"\.(?:py|txt|json|yml|md)$", text)}
SETTINGS = {text for text in QUOTED if text.startswith("OPS_")}
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


@pytest.mark.parametrize("name", sorted(FILES))
def test_every_file_it_names_exists(name: str) -> None:
    assert (ROOT / name).is_file()


def test_every_setting_it_names_exists() -> None:
    assert SETTINGS
    assert {variable(name) for name in Settings.model_fields} >= SETTINGS


def test_every_promise_names_what_holds_it_and_a_test_that_shows_it() -> None:
    table = SECURITY.split("## What is promised")[1].split("## ")[0]
    rows = [line.strip("| ").split(" | ") for line in table.splitlines() if line.startswith("| ")][1:]
    assert len(rows) > 10
    for promise, held, shown in rows:
        assert re.search(r"`[\w./-]+`", held), promise
        tests = re.findall(r"`(tests/[\w./-]+\.py)`", shown)
        assert tests, promise


def test_every_command_it_names_is_a_target_of_the_makefile() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert {text.removeprefix("make ") for text in QUOTED if text.startswith("make ")} <= targets


def test_the_readme_leads_to_it() -> None:
    assert "(SECURITY.md)" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_may_only_read_and_uses_actions_of_one_commit(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    used = re.findall(r"uses:\s*(\S+)", text)
    assert used
    assert all(re.fullmatch(r"[\w-]+/[\w./-]+@[0-9a-f]{40}", action) for action in used)
    assert re.search(r"^permissions:\n  contents: read\n\n", text, re.MULTILINE)
    assert "write" not in text
