"""A program that takes long ends with whoever has started it, and all that it has started itself."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ops_dashboard.serving.child_process import Stopped, run_child

# Starts a program of its own, as Reflex starts npm; both say that they run.
PARENT = """
import subprocess, sys
child = subprocess.Popen([sys.executable, "-c", sys.argv[2], *sys.argv[1:]])
open(sys.argv[1] + "/parent", "w").close()
child.wait()
"""
CHILD = """
import os, sys, time, signal
{ignore}
open(sys.argv[1] + "/child.new", "w").write(str(os.getpid()))
os.rename(sys.argv[1] + "/child.new", sys.argv[1] + "/child")
time.sleep(600)
"""


def waits_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def is_running(pid: int) -> bool:
    try:
        # Nobody may be there to take note of its end.
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


@pytest.fixture
def held(tmp_path: Path) -> Iterator[int]:
    descriptor = os.open(tmp_path, os.O_RDONLY)
    yield descriptor
    os.close(descriptor)


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize(
    "ignore", ["", "signal.signal(signal.SIGTERM, signal.SIG_IGN)"], ids=["", "stubborn"]
)
def test_signal_ends_program_and_what_it_started(
    tmp_path: Path, held: int, signum: signal.Signals, ignore: str
) -> None:
    def stop_once_it_runs() -> None:
        if (tmp_path / "child").exists():
            # Twice, as by somebody in a hurry.
            os.kill(os.getpid(), signum)
            os.kill(os.getpid(), signum)

    before = signal.getsignal(signum)
    command = [sys.executable, "-c", PARENT, str(tmp_path), CHILD.format(ignore=ignore)]
    with pytest.raises(Stopped) as stopped:
        run_child(command, tmp_path, os.environ, timeout=60, holds=held, while_it_runs=stop_once_it_runs)
    assert stopped.value.exit_code == 128 + signum
    pid = int((tmp_path / "child").read_text(encoding="utf-8"))
    waits_for(lambda: not is_running(pid))
    assert signal.getsignal(signum) == before


def test_program_that_takes_too_long_is_ended(tmp_path: Path, held: int) -> None:
    with pytest.raises(subprocess.TimeoutExpired):
        run_child(["sleep", "600"], tmp_path, os.environ, timeout=0, holds=held)


def test_program_gives_its_output_and_code(tmp_path: Path, held: int) -> None:
    ended = run_child(["sh", "-c", "echo a; echo b >&2; exit 3"], tmp_path, {}, timeout=60, holds=held)
    assert (ended.returncode, ended.stdout) == (3, "a\nb\n")
