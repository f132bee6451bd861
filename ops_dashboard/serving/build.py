"""Builds the frontend when its sources have changed."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ops_dashboard.serving.child_process import run_child
from ops_dashboard.serving.errors import BuildError
from ops_dashboard.serving.fingerprint import is_stale, sources_digest, stamp
from ops_dashboard.serving.frozen_lock import LOCKED, accept_packages, demand_pinned
from ops_dashboard.serving.node import build_environment
from ops_dashboard.serving.site import ROOT, SITE, publish
from ops_dashboard.serving.steps import Step, sentence_for, turn

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
    """A directory to run Reflex in, with what it reads there.

    The packages that npm unpacks stay in `.web` for the next build, but not half unpacked: npm would take them for
    whole ones. Whoever finds the directory knows that a build was interrupted.

    Raises:
        BuildError: a file cannot be written.
    """
    work, web = root / "build" / "export", root / ".web"
    if work.exists():
        _remove(web)
        _remove(work)
    settled = _same(web / LOCKED.name, root / LOCKED)
    try:
        work.mkdir(parents=True)
        shutil.copyfile(root / "rxconfig.py", work / "rxconfig.py")
        if (root / LOCKED).exists():
            shutil.copytree(root / LOCKED.parent, work / LOCKED.parent)
        (work / "assets").symlink_to(root / "assets")
        yield work
    except OSError as error:
        sentence = sentence_for(str(error), root)
        _remove(web)
        _remove(work)
        raise BuildError(f"The frontend could not be built. {sentence}") from error
    except BuildError:
        if not settled:
            _remove(web)
        _remove(work)
        raise
    _remove(work)


def _same(one: Path, other: Path) -> bool:
    return one.exists() and other.exists() and one.read_bytes() == other.read_bytes()


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
        raise BuildError(f"The frontend could not be built. {sentence_for(result.stdout, root)}")


def _remove(directory: Path) -> None:
    shutil.rmtree(directory, ignore_errors=True)
