"""Keeps the build to the npm packages that are pinned in `reflex.lock/`.

Reflex lets npm complete the lock. So what is pinned is compared after the build, and a build of other packages is none.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ops_dashboard.serving.errors import BuildError

_LOCK = Path("reflex.lock", "package-lock.json")
_MOST_NAMED = 5


@contextmanager
def frozen_lock(root: Path) -> Iterator[None]:
    """Leave the lock as it is, whatever happens within.

    Args:
        root: the checkout.

    Raises:
        BuildError: what was installed within is not what is pinned.
    """
    files = {path: path.read_bytes() for path in (root / _LOCK.parent).glob("*.json")}
    pinned = _packages(root)
    try:
        yield
        if changed := _changes(pinned, _packages(root)):
            shown = ", ".join(changed[:_MOST_NAMED]) + (" and more" if len(changed) > _MOST_NAMED else "")
            raise BuildError(
                f"The frontend was built of other npm packages than those pinned in {_LOCK.parent}/: {shown}. "
                "If that is meant, accept them with `make lock`."
            )
    except BaseException:
        for path in (root / _LOCK.parent).glob("*.json"):
            path.unlink()
        for path, content in files.items():
            path.write_bytes(content)
        raise


def _packages(root: Path) -> dict[str, tuple[str, str]]:
    """Version and hash of each package, by its place."""
    try:
        packages = json.loads((root / _LOCK).read_text(encoding="utf-8"))["packages"]
    except FileNotFoundError:
        return {}
    return {
        place: (one.get("version", ""), one.get("integrity", "")) for place, one in packages.items() if place
    }


def _changes(before: dict[str, tuple[str, str]], after: dict[str, tuple[str, str]]) -> list[str]:
    def version(packages: dict[str, tuple[str, str]], place: str) -> str:
        return packages[place][0] if place in packages else "none"

    return [
        f"{place.removeprefix('node_modules/')} {version(after, place)} for {version(before, place)}"
        for place in sorted(before.keys() | after.keys())
        if before.get(place) != after.get(place)
    ]
