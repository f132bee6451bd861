"""The list of components: what is installed and what is bundled, nothing else, and the same each time."""

import base64
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from scripts.sbom import BUNDLED, LOCK, sbom

MADE_AT = datetime(2020, 2, 2, tzinfo=UTC)
PROJECT = """
[project]
name = "ops-dashboard"
dependencies = ["Web_Kit>=1"]
[project.optional-dependencies]
postgresql = ["driver>=3"]
dev = ["checker"]
"""
PINS = """\
checker==4.0 \\
    --hash=sha256:aa
    # via ops-dashboard (pyproject.toml)
driver==3.1 \\
    --hash=sha256:aa \\
    --hash=sha256:bb
    # via ops-dashboard (pyproject.toml)
loop==0.9 ; sys_platform == 'win32' \\
    --hash=sha256:aa
    # via
    #   checker
    #   web-kit
parser==7.0 \\
    --hash=sha256:aa
    # via checker
web-kit==1.5 \\
    --hash=sha256:aa
    # via ops-dashboard (pyproject.toml)
"""


def npm(version: str, **more: Any) -> dict[str, Any]:
    integrity = "sha512-" + base64.b64encode(version.encode().ljust(64)).decode()
    return {"version": version, "integrity": integrity, **more}


PACKAGES = {
    "": {"dependencies": {"@kit/chart": "^2.0.0"}, "devDependencies": {"styles": "^1.0.0", "bundler": "^8"}},
    "node_modules/@kit/chart": npm(
        "2.0.1", dependencies={"maths": "^1", "unused": "^1"}, peerDependencies={"view": "*"}
    ),
    "node_modules/@kit/chart/node_modules/maths": npm("1.1.0"),
    "node_modules/maths": npm("3.0.0"),
    "node_modules/unused": npm("1.0.0"),
    "node_modules/view": npm("19.0.0"),
    "node_modules/styles": npm("1.0.0", dev=True, dependencies={"maths": "^3"}),
    "node_modules/bundler": npm("8.0.0", dev=True),
}
IN_THE_PAGE = [
    ("@kit/chart", "2.0.1"),
    ("maths", "1.1.0"),
    ("maths", "3.0.0"),
    ("styles", "1.0.0"),
    ("view", "19.0.0"),
]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A checkout with a build."""
    licences = [{"name": name, "version": version, "identifier": "MIT"} for name, version in IN_THE_PAGE]
    files = {
        "pyproject.toml": PROJECT,
        "constraints.txt": PINS,
        LOCK: json.dumps({"packages": PACKAGES}),
        BUNDLED: json.dumps(licences),
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def listed(root: Path) -> dict[str, Any]:
    return json.loads(sbom(root, "1.2.3", MADE_AT))


def needs(bom: dict[str, Any], purl: str) -> list[str]:
    return next(one.get("dependsOn", []) for one in bom["dependencies"] if one["ref"] == purl)


def test_it_lists_what_is_installed_and_what_is_bundled(root: Path) -> None:
    assert {one["purl"]: one["scope"] for one in listed(root)["components"]} == {
        "pkg:pypi/web-kit@1.5": "required",
        "pkg:pypi/loop@0.9": "optional",
        "pkg:pypi/driver@3.1": "optional",
        "pkg:npm/%40kit/chart@2.0.1": "required",
        "pkg:npm/maths@1.1.0": "required",
        "pkg:npm/maths@3.0.0": "required",
        "pkg:npm/styles@1.0.0": "required",
        "pkg:npm/view@19.0.0": "required",
    }


def test_it_says_what_needs_what(root: Path) -> None:
    bom = listed(root)
    assert needs(bom, "pkg:pypi/web-kit@1.5") == ["pkg:pypi/loop@0.9"]
    assert needs(bom, "pkg:npm/%40kit/chart@2.0.1") == ["pkg:npm/maths@1.1.0", "pkg:npm/view@19.0.0"]
    assert needs(bom, "pkg:npm/styles@1.0.0") == ["pkg:npm/maths@3.0.0"]
    assert needs(bom, "pkg:pypi/ops-dashboard@1.2.3") == [
        "pkg:npm/%40kit/chart@2.0.1",
        "pkg:npm/styles@1.0.0",
        "pkg:pypi/driver@3.1",
        "pkg:pypi/web-kit@1.5",
    ]


def test_each_npm_package_carries_its_licence_and_the_hash_of_its_archive(root: Path) -> None:
    chart = next(one for one in listed(root)["components"] if one["name"] == "@kit/chart")
    assert chart["licenses"] == [{"license": {"id": "MIT"}}]
    assert chart["hashes"] == [{"alg": "SHA-512", "content": b"2.0.1".ljust(64).hex()}]


def test_the_same_sources_give_the_same_list_and_others_another_number(root: Path) -> None:
    first = sbom(root, "1.2.3", MADE_AT)
    assert sbom(root, "1.2.3", MADE_AT) == first
    (root / "constraints.txt").write_text(PINS.replace("1.5", "1.6"), encoding="utf-8")
    assert listed(root)["serialNumber"] != json.loads(first)["serialNumber"]
    assert listed(root)["metadata"]["timestamp"] == "2020-02-02T00:00:00+00:00"


def test_a_build_of_other_packages_than_those_in_the_lock_is_refused(root: Path) -> None:
    (root / BUNDLED).write_text('[{"name": "view", "version": "18.0.0"}]', encoding="utf-8")
    with pytest.raises(ValueError, match=r"what reflex\.lock does not: view@18\.0\.0"):
        sbom(root, "1.2.3", MADE_AT)
