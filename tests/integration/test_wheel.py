"""The wheel: it holds the page, and says what it is made of."""

import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]


def made(directory: Path) -> Path:
    """A wheel of this checkout, made without the network."""
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(directory)]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert result.returncode == 0, result.stderr
    (wheel,) = directory.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def wheel(built: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One wheel for all tests."""
    return made(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def components(wheel: Path) -> str:
    """The list of components in the wheel's metadata."""
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if ".dist-info/sboms/" in name)
        assert name.endswith("/ops-dashboard.cdx.json")
        return archive.read(name).decode()


def test_it_lists_each_component_with_its_version_and_address(components: str) -> None:
    bom: dict[str, Any] = json.loads(components)
    assert (bom["bomFormat"], bom["metadata"]["component"]["name"]) == ("CycloneDX", "ops-dashboard")
    purls = {one["purl"] for one in bom["components"]}
    assert len(purls) == len(bom["components"])
    for one in bom["components"]:
        assert one["version"]
        assert one["purl"].endswith(f"@{one['version']}")
    for needed in ("pkg:pypi/reflex@", "pkg:pypi/starlette@", "pkg:npm/react@", "pkg:npm/recharts@"):
        assert any(purl.startswith(needed) for purl in purls), needed
    for tool in ("pkg:pypi/pytest@", "pkg:pypi/ruff@", "pkg:npm/vite@"):
        assert not any(purl.startswith(tool) for purl in purls), tool


def test_the_list_names_no_registry_and_no_place_on_a_machine(components: str) -> None:
    assert set(re.findall(r"\w+://[^\s\"]+", components)) == {
        "http://cyclonedx.org/schema/bom-1.6.schema.json"
    }
    assert str(ROOT) not in components
    assert str(Path.home()) not in components


def test_the_page_is_in_it_with_the_licences_of_what_it_is_made_of(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        below = "ops_dashboard/_site/web/build/client/"
        assert b"System operations" in archive.read(f"{below}ops/index.html")
        licences = {one["name"]: one for one in json.loads(archive.read(f"{below}licences.json"))}
    assert licences["react"]["identifier"] == "MIT"
    assert "Permission is hereby granted" in licences["react"]["text"]


def test_the_same_sources_make_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    assert made(tmp_path).read_bytes() == wheel.read_bytes()
