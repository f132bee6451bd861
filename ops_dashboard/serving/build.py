"""Builds the frontend when its sources have changed."""

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ops_dashboard.serving.child_process import run_child
from ops_dashboard.serving.errors import BuildError
from ops_dashboard.serving.fingerprint import is_stale, sources_digest, stamp
from ops_dashboard.serving.frozen_lock import LOCK, accept_packages, demand_pinned
from ops_dashboard.serving.node import build_environment
from ops_dashboard.serving.site import ROOT, SITE, publish
from ops_dashboard.serving.steps import Step, is_disk_full, sentence_for, turn

_TIMEOUT_SECONDS = 600


def build_if_stale(root: Path = ROOT, site: Path = SITE, *, renew_lock: bool = False) -> bool:
    """Build and publish the frontend unless the published build matches the sources, and say so meanwhile.

    It is built of the npm packages that are pinned, and of no others; with ``renew_lock`` of those that the
    sources ask for, which are pinned from then on.

    Processes that build the same checkout at once take turns. When a build fails or is stopped, the published
    one stays as it is.

    Returns:
        Whether a build was made.

    Raises:
        BuildError: no sources, no Node.js, other packages than those pinned, or the build failed; with what to do,
            or the end of its output.
        Stopped: a signal to stop came during the build.
    """
    if not (root / "rxconfig.py").is_file():
        raise BuildError("There is nothing to build: this is an installed package, not a checkout.")
    with turn(root) as lock:
        if not renew_lock and not is_stale(root, site):
            return False
        with Step("Building the page") as step, _workplace(root) as work:
            sources = sources_digest(root)
            _export(root, work, lock, step)
            if renew_lock:
                accept_packages(root, work)
            else:
                demand_pinned(root, work)
            publish(root, stamp(root, sources), site)
        return True


@contextmanager
def _workplace(root: Path) -> Iterator[Path]:
    """A directory to run Reflex in, with what it reads there; npm's packages are kept in `.web` for the next build.

    Whoever finds the directory knows that a build was interrupted, and that `.web` may be half made.

    Raises:
        BuildError: the disk is full, or a file cannot be written; then `.web` is removed, too.
    """
    work, packages = root / "build" / "export", root / ".web"
    try:
        if work.exists():
            _remove(packages)
            _remove(work)
        work.mkdir(parents=True)
        shutil.copyfile(root / "rxconfig.py", work / "rxconfig.py")
        if (root / LOCK).exists():
            shutil.copytree(root / LOCK, work / LOCK)
        (work / "assets").symlink_to(root / "assets")
        yield work
    except OSError as error:
        _remove(packages)
        _remove(work)
        raise BuildError(f"The frontend could not be built. {sentence_for(str(error))}") from error
    except BuildError:
        _remove(work)
        raise
    _remove(work)


def _export(root: Path, work: Path, lock: int, step: Step) -> None:
    env = {**build_environment(root), "REFLEX_WEB_WORKDIR": str(root / ".web")}
    command = [sys.executable, "-m", "reflex", "export", "--frontend-only", "--no-zip"]
    try:
        result = run_child(command, work, env, timeout=_TIMEOUT_SECONDS, holds=lock, while_it_runs=step.show)
    except subprocess.TimeoutExpired as error:
        raise BuildError(
            f"The frontend's build took longer than {_TIMEOUT_SECONDS} s and was stopped."
        ) from error
    if result.returncode != 0:
        if is_disk_full(result.stdout):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        raise BuildError(f"The frontend could not be built. {sentence_for(result.stdout)}")


def _remove(directory: Path) -> None:
    shutil.rmtree(directory, ignore_errors=True)
