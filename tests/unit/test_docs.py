"""The documentation keeps up with the code."""

import re
from pathlib import Path

import pytest

from ops_dashboard.setting_places import default_data_dir
from ops_dashboard.settings import Settings, variable

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
ROWS = dict(re.findall(r"^\| `(OPS_\w+)` \| (.+?) \|", README, re.MULTILINE))


@pytest.mark.parametrize("name", Settings.model_fields)
def test_the_readme_lists_every_setting_with_its_default(name: str) -> None:
    field = Settings.model_fields[name]
    default, shown = field.default, ROWS[variable(name)]
    if field.default_factory is default_data_dir:
        assert shown == "the user's data directory"
    elif default is None:
        assert shown == "–"
    elif isinstance(default, tuple):
        assert default == Settings.model_fields["modules"].default
        assert "thirteen" in shown
    else:
        assert shown == f"`{default:g}`" if isinstance(default, int | float) else f"`{default}`"


def test_the_readme_lists_no_setting_that_does_not_exist() -> None:
    assert set(ROWS) == {variable(name) for name in Settings.model_fields}


def test_every_command_of_the_readme_is_a_target_of_the_makefile() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    commands = set(re.findall(r"\bmake ([a-z]+)\b", README))
    assert commands
    assert commands <= targets
