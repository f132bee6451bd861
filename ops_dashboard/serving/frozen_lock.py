"""Keeps the build to the npm packages that are pinned in `reflex.lock/`.

Reflex lets npm complete the lock. So a build works on a copy of it, and a build of other packages than those pinned
is none.
"""

import json
import os
import shutil
from pathlib import Path

from ops_dashboard.serving.errors import BuildError

LOCKED = Path("reflex.lock", "package-lock.json")
"""Where the packages are pinned, below the checkout."""
_MOST_NAMED = 5


def demand_pinned(root: Path, work: Path) -> None:
    """See to it that a build has used the packages that are pinned.

    Args:
        root: the checkout.
        work: where it was built, with the lock that it has left.

    Raises:
        BuildError: it has used others.
    """
    if changed := _changes(_packages(root), _packages(work)):
        shown = ", ".join(changed[:_MOST_NAMED]) + (" and more" if len(changed) > _MOST_NAMED else "")
        raise BuildError(
            f"The frontend was built of other npm packages than those pinned in {LOCKED.parent}/: {shown}. "
            "If that is meant, accept them with `make lock`."
        )


def accept_packages(root: Path, work: Path) -> None:
    """Pin what a build has used."""
    (root / LOCKED.parent).mkdir(exist_ok=True)
    for path in (work / LOCKED.parent).glob("*.json"):
        new = root / LOCKED.with_name(f"{path.name}.new")
        shutil.copyfile(path, new)
        os.replace(new, root / LOCKED.with_name(path.name))


def _packages(root: Path) -> dict[str, tuple[str, str]]:
    """Version and hash of each package, by its place."""
    try:
        packages = json.loads((root / LOCKED).read_text(encoding="utf-8"))["packages"]
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
