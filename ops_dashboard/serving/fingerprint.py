"""Tells whether the built frontend still matches the sources, by content."""

import hashlib
import json
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from ops_dashboard.serving.site import SITE, STAMP

_NOT_SOURCES = frozenset({"_site", "__pycache__"})


def sources_digest(root: Path) -> str:
    """Hash of everything that is compiled into the frontend, but for the lock file."""
    return _digest(root, _sources(root), f"reflex {version('reflex')}")


def stamp(root: Path, sources: str) -> str:
    """The stamp of a build.

    Args:
        root: the checkout.
        sources: the digest taken before the build, so that an edit during it makes the build stale.
            The lock file is taken as it is now, as the build may complete it.
    """
    lock = _digest(root, sorted((root / "reflex.lock").glob("*.json")), "lock")
    return json.dumps({"sources": sources, "lock": lock})


def is_stale(root: Path, site: Path = SITE) -> bool:
    """Whether the checkout holds other sources than the build was made of, or there is no build."""
    try:
        built = (site / "web" / STAMP).read_text(encoding="utf-8")
    except FileNotFoundError:
        return True
    return built != stamp(root, sources_digest(root))


def _sources(root: Path) -> list[Path]:
    def found() -> Iterator[Path]:
        yield root / "rxconfig.py"
        for path in (root / "ops_dashboard").rglob("*.py"):
            if not _NOT_SOURCES.intersection(path.relative_to(root).parts):
                yield path
        yield from (path for path in (root / "assets").rglob("*") if path.is_file())

    return sorted(found())


def _digest(root: Path, paths: list[Path], salt: str) -> str:
    digest = hashlib.sha256(salt.encode())
    for path in paths:
        digest.update(f"\0{path.relative_to(root).as_posix()}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
