"""Where the built frontend lives: inside the package, in a checkout as in an installed wheel."""

import os
import shutil
from pathlib import Path

from ops_dashboard.serving.errors import BuildError

PACKAGE = Path(__file__).resolve().parents[1]
# The root of the checkout; for an installed package, a directory that holds no sources.
ROOT = PACKAGE.parent
SITE = PACKAGE / "_site"
WEB = SITE / "web"
# What is answered to browsers as it is.
PAGES = WEB / "build" / "client"
STAMP = "build.json"

# What Reflex needs of its work directory to serve without compiling.
_PARTS = ("build/client", "backend", "routes.json")


def built_site(site: Path = SITE) -> Path:
    """The directory to serve from.

    Raises:
        BuildError: there is no finished build in it.
    """
    if not (site / "web" / STAMP).is_file():
        raise BuildError("The frontend is not built yet: run `make build` in a checkout of the sources.")
    return site


def publish(root: Path, stamp: str, site: Path = SITE) -> None:
    """Put the build that Reflex left in `.web` in the place of the one being served.

    Args:
        root: the checkout.
        stamp: the content of the stamp file, written last.
        site: where to; the previous build stays in place until the new one is complete.

    Raises:
        OSError: it cannot be written; nothing of it is left.
    """
    new, old = site / "web.new", site / "web.old"
    for leftover in (new, old):
        shutil.rmtree(leftover, ignore_errors=True)
    try:
        for part in _PARTS:
            source, target = root / ".web" / part, new / part
            target.parent.mkdir(parents=True, exist_ok=True)
            (shutil.copytree if source.is_dir() else shutil.copy2)(source, target)
        (new / STAMP).write_text(stamp, encoding="utf-8")
        # Reflex reads its configuration from the current directory, which is this one when serving.
        shutil.copy2(root / "rxconfig.py", new / "rxconfig.py")
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise
    os.replace(new / "rxconfig.py", site / "rxconfig.py")
    web = site / "web"
    if web.exists():
        os.replace(web, old)
    os.replace(new, web)
    shutil.rmtree(old, ignore_errors=True)
