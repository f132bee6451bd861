"""Reads npm's lock file: the packages that the page is bundled from."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_FOLDER = "node_modules/"


@dataclass(frozen=True, slots=True)
class NpmPackage:
    """One package as it lies on the disk of the build."""

    name: str
    version: str
    licence: str
    """Identifier or expression of SPDX; empty where the package names none."""
    integrity: str
    """Hash of its archive: "sha512-" and base64."""
    direct: bool
    """Whether the project asks for it, and not only another package."""
    needs: tuple[str, ...]
    """The places of the packages that it depends on."""


def bundled_packages(lock: Path, licences: Path) -> dict[str, NpmPackage]:
    """The packages that the page's scripts are made of, by their place.

    Args:
        lock: npm's lock file.
        licences: the list that the build leaves of what it has bundled.

    Raises:
        ValueError: something was bundled that is not in the lock, so that the build is not of these sources.
    """
    packages: dict[str, dict[str, Any]] = json.loads(lock.read_text(encoding="utf-8"))["packages"]
    bundled = {
        (one["name"], one["version"]): one.get("identifier", "")
        for one in json.loads(licences.read_text(encoding="utf-8"))
    }
    kept = {
        place: entry
        for place, entry in packages.items()
        if place and (_name(place), entry["version"]) in bundled
    }
    if strange := bundled.keys() - {(_name(place), entry["version"]) for place, entry in kept.items()}:
        names = ", ".join(sorted("@".join(one) for one in strange))
        raise ValueError(f"The built frontend holds what reflex.lock does not: {names}.")
    direct = {**packages[""]["dependencies"], **packages[""]["devDependencies"]}
    return {
        place: NpmPackage(
            name=_name(place),
            version=entry["version"],
            licence=bundled[_name(place), entry["version"]],
            integrity=entry["integrity"],
            direct=place.startswith(_FOLDER) and place.removeprefix(_FOLDER) in direct,
            needs=tuple(sorted(set(_needs(place, entry, kept)))),
        )
        for place, entry in kept.items()
    }


def _name(place: str) -> str:
    return place.rpartition(_FOLDER)[2]


def _needs(place: str, entry: dict[str, Any], kept: dict[str, Any]) -> Iterator[str]:
    """Where Node.js finds what a package depends on: in its own folder, else in those further up."""
    for name in (*entry.get("dependencies", ()), *entry.get("peerDependencies", ())):
        above = place
        while f"{above}/{_FOLDER}{name}" not in kept and _FOLDER in above:
            above = above.rpartition(_FOLDER)[0].rstrip("/")
        found = f"{above}/{_FOLDER}{name}".lstrip("/")
        if found in kept:  # a peer may be missing where it is optional
            yield found
