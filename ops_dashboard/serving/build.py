"""Builds the frontend when its sources have changed."""

import fcntl
import logging
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from ops_dashboard.serving.errors import BuildError
from ops_dashboard.serving.fingerprint import is_stale, sources_digest, stamp
from ops_dashboard.serving.frozen_lock import frozen_lock
from ops_dashboard.serving.node import build_environment
from ops_dashboard.serving.site import ROOT, SITE, publish

_log = logging.getLogger(__name__)
_TIMEOUT_SECONDS = 600
_SHOWN_LINES = 40


def build_if_stale(root: Path = ROOT, site: Path = SITE, *, renew_lock: bool = False) -> bool:
    """Build and publish the frontend unless the published build matches the sources.

    It is built of the npm packages that are pinned, and of no others; with ``renew_lock`` of those that the
    sources ask for, which are pinned from then on.

    Processes that build the same checkout at once take turns. When a build fails, the published one
    stays as it is.

    Returns:
        Whether a build was made.

    Raises:
        BuildError: no sources, no Node.js, other packages than those pinned, or the build failed; then with the
            end of its output.
    """
    if not (root / "rxconfig.py").is_file():
        raise BuildError("There is nothing to build: this is an installed package, not a checkout.")
    with _turn(root):
        if not renew_lock and not is_stale(root, site):
            return False
        started = time.monotonic()
        _log.info("building the frontend, which takes seconds, the first time up to two minutes")
        sources = sources_digest(root)
        with nullcontext() if renew_lock else frozen_lock(root):
            _export(root)
        publish(root, stamp(root, sources), site)
        _log.info("frontend built", extra={"seconds": round(time.monotonic() - started, 1)})
        return True


def _export(root: Path) -> None:
    env = build_environment(root)
    command = [sys.executable, "-m", "reflex", "export", "--frontend-only", "--no-zip"]
    try:
        result = subprocess.run(
            command,
            cwd=root,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
            timeout=_TIMEOUT_SECONDS,
        )
    except subprocess.TimeoutExpired as error:
        raise BuildError(
            f"The frontend's build took longer than {_TIMEOUT_SECONDS} s and was stopped."
        ) from error
    if result.returncode != 0:
        end = "\n".join(result.stdout.splitlines()[-_SHOWN_LINES:])
        raise BuildError(f"The frontend could not be built; the end of the output was:\n{end}")


@contextmanager
def _turn(root: Path) -> Iterator[None]:
    work = root / "build"
    work.mkdir(exist_ok=True)
    with (work / "turn.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
