"""Reads the pins of Python's packages, and why each of them is there."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

_HASH = re.compile(r"--hash=(\S+)")
_WANTED_BY = re.compile(r"#(?:\s+via)?\s+([A-Za-z0-9._-]+)")


@dataclass(frozen=True, slots=True)
class Pin:
    """One pinned package. Names are canonical: in lower case, with hyphens."""

    requirement: Requirement
    """With the exact version, and with a marker where only some platforms need it."""
    hashes: tuple[str, ...]
    """Of each of its files, as "sha256:…"."""
    wanted_by: frozenset[str]
    """The packages that depend on it, the project included."""

    @property
    def name(self) -> str:
        """The package's name."""
        return canonicalize_name(self.requirement.name)

    @property
    def version(self) -> str:
        """The one version."""
        return str(self.requirement.specifier).removeprefix("==")


def read_pins(path: Path) -> dict[str, Pin]:
    """The pins of a file written by `make constraints`, by name.

    Raises:
        InvalidRequirement: a line is none.
    """
    # An entry begins at the margin; its hashes and the remark why it is there stand indented below it.
    entries = re.split(r"\n(?=\S)", path.read_text(encoding="utf-8").strip())
    pins = map(_pin, entries)
    return {pin.name: pin for pin in pins}


def needed_for(pins: dict[str, Pin], wanted: Iterable[str]) -> dict[str, Pin]:
    """Those of the pins that the wanted packages need, themselves included."""
    found = {canonicalize_name(name) for name in wanted}
    while more := {name for name, pin in pins.items() if name not in found and pin.wanted_by & found}:
        found |= more
    return {name: pin for name, pin in pins.items() if name in found}


def _pin(entry: str) -> Pin:
    head, _, rest = entry.partition("\\\n")
    wanted_by = frozenset(canonicalize_name(name) for name in _WANTED_BY.findall(rest))
    return Pin(Requirement(head.strip()), tuple(_HASH.findall(rest)), wanted_by)
