"""Makes a virtual environment of exactly what is pinned, or says in one sentence why it cannot.

    python3 -m scripts.install .venv constraints.txt --project
    python3 -m scripts.install .venv constraints.txt --project --check

Runs on the system's Python, before anything is installed. The second command is for the environment's own Python,
and ends with 0 if there is nothing to do.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - that is what it is to say
    sys.exit(
        f"Python 3.11 or newer is needed, and this is {sys.version_info[0]}.{sys.version_info[1]}:"
        " name another one, as in `make run PYTHON=python3.13`."
    )

import argparse
import hashlib
import os
import shutil
import signal
import subprocess
from importlib.util import find_spec
from pathlib import Path

from ops_dashboard.serving.child_process import Stopped, run_child
from ops_dashboard.serving.errors import StartError
from ops_dashboard.serving.steps import Step, sentence_for, turn

ROOT = Path(__file__).resolve().parents[1]
# Files of known hashes, and no others, whatever the index offers; none runs code of its own while it is installed.
PIP_INSTALL = ("install", "--quiet", "--no-deps", "--no-user")
PINNED = ("--require-hashes", "--only-binary", ":all:", "--requirement")
_TIMEOUT_SECONDS = 1800


def main(argv: list[str]) -> int:
    """Install unless it is done; 0 when the environment is what is pinned."""
    parser = argparse.ArgumentParser(prog="install", description=__doc__)
    parser.add_argument("venv", type=Path, help="directory of the environment")
    parser.add_argument("pins", type=Path, help="file of the pinned packages")
    parser.add_argument("--project", action="store_true", help="install this checkout, too")
    parser.add_argument("--check", action="store_true", help="only tell whether there is nothing to do")
    args = parser.parse_args(argv)
    environment = Environment(ROOT / args.venv, ROOT / args.pins, args.project)
    if args.check:
        return 0 if environment.is_ready() else 1
    # Ctrl-C ends a wait for somebody else without a traceback.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        with turn(ROOT) as lock:
            # Whoever had the turn before may have done it.
            if not environment.checks_itself():
                environment.install(lock)
    except Stopped as stopped:
        return stopped.exit_code
    except (StartError, OSError) as error:
        sentence = error if isinstance(error, StartError) else sentence_for(str(error), ROOT)
        print(f"The packages could not be installed. {sentence}", file=sys.stderr)
        return 1
    return 0


class Environment:
    """A virtual environment of pinned packages.

    Args:
        venv: its directory.
        pins: what is pinned.
        project: whether the checkout itself is installed, too.
    """

    def __init__(self, venv: Path, pins: Path, project: bool) -> None:
        self._venv = venv
        self._pins = pins
        self._project = project
        self._python = venv / "bin" / "python"
        self._stamp = venv / "installed"

    def is_ready(self) -> bool:
        """Whether it was made of what is pinned now, at this place, and by the Python that runs this."""
        try:
            return self._stamp.read_text(encoding="utf-8") == self._made_of(sys.version)
        except OSError:
            return False

    def checks_itself(self) -> bool:
        """What :meth:`is_ready` tells when the environment's own Python is asked."""
        command = [self._python, "-m", "scripts.install", self._venv, self._pins, "--check"]
        if self._project:
            command.append("--project")
        quiet = subprocess.DEVNULL
        try:
            return subprocess.run(command, cwd=ROOT, stdout=quiet, stderr=quiet, check=False).returncode == 0
        except OSError:
            return False

    def install(self, lock: int) -> None:
        """Make it anew.

        Args:
            lock: descriptor that is held while anything of this runs.

        Raises:
            StartError: it cannot be made; with what to do.
            Stopped: a signal to stop came. The next start makes it anew.
            OSError: a file could not be written.
        """
        if not (find_spec("venv") and find_spec("ensurepip")):
            raise StartError(
                "This Python cannot make virtual environments: on Debian and Ubuntu install it with"
                " `apt-get install python3-venv`, and start again."
            )
        self._stamp.unlink(missing_ok=True)
        with Step("Installing the packages") as step:
            try:
                for command in self._commands():
                    _run(command, lock, step)
                self._stamp.write_text(self._made_of(sys.version), encoding="utf-8")
            except (StartError, OSError):
                # Half of it is of no use, and the disk may be full.
                shutil.rmtree(self._venv, ignore_errors=True)
                raise

    def _commands(self) -> list[list[str | Path]]:
        pip = [self._python, "-m", "pip", *PIP_INSTALL]
        commands = [[sys.executable, "-m", "venv", "--clear", self._venv], [*pip, *PINNED, self._pins]]
        if self._project:
            commands.append([*pip, "--no-build-isolation", "--editable", ROOT])
        return commands

    def _made_of(self, python: str) -> str:
        parts = [python, str(self._venv), str(self._project)]
        for path in (self._pins, ROOT / "pyproject.toml"):
            parts.append(path.read_text(encoding="utf-8"))
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _run(command: list[str | Path], lock: int, step: Step) -> None:
    env = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    try:
        ended = run_child(command, ROOT, env, timeout=_TIMEOUT_SECONDS, holds=lock, while_it_runs=step.show)
    except subprocess.TimeoutExpired as error:
        raise StartError(f"It took longer than {_TIMEOUT_SECONDS // 60} min: look at the network.") from error
    if ended.returncode != 0:
        raise StartError(sentence_for(ended.stdout, ROOT))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
