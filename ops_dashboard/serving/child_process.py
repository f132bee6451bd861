"""Runs a program that takes long, so that it ends with whoever has started it. Standard library only."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import current_thread, main_thread
from types import FrameType

_STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_LOOK_EVERY_SECONDS = 0.2
_GRACE_SECONDS = 5


class Stopped(Exception):
    """A signal to stop came; the program has been ended.

    Args:
        signum: the signal's number.
    """

    def __init__(self, signum: int) -> None:
        super().__init__(f"Stopped by {signal.Signals(signum).name}.")
        self.exit_code = 128 + signum


def run_child(
    command: Sequence[str | Path],
    directory: Path,
    env: Mapping[str, str],
    *,
    timeout: float,
    holds: int,
    while_it_runs: Callable[[], object] = lambda: None,
) -> subprocess.CompletedProcess[str]:
    """Run a program to its end, with its output in one text.

    A signal to stop, as by Ctrl-C, ends the program and everything that it has started.

    Args:
        command: the program and its arguments.
        directory: its current directory.
        env: its environment variables.
        timeout: seconds after which it is ended.
        holds: a file descriptor that stays open as long as it runs, even if this process is killed.
        while_it_runs: called a few times a second.

    Raises:
        Stopped: a signal came.
        subprocess.TimeoutExpired: it took too long.
        OSError: it cannot be started.
    """
    with (
        _noting_stops() as stops,
        subprocess.Popen(
            command,
            cwd=directory,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            # In a group of its own, which is ended as a whole.
            start_new_session=True,
            pass_fds=(holds,),
        ) as process,
    ):
        until = time.monotonic() + timeout
        try:
            while True:
                try:
                    output, _ = process.communicate(timeout=_LOOK_EVERY_SECONDS)
                except subprocess.TimeoutExpired:
                    while_it_runs()
                    if time.monotonic() > until:
                        raise
                else:
                    return subprocess.CompletedProcess(process.args, process.returncode, output)
                finally:
                    if stops:
                        raise Stopped(stops[0])
        except BaseException:
            _end_group(process)
            raise


@contextmanager
def _noting_stops() -> Iterator[list[int]]:
    """The signals that have come: noted, so that none is lost between the start of a program and its end."""
    stops: list[int] = []

    def note(signum: int, _: FrameType | None) -> None:
        stops.append(signum)

    # Elsewhere than in the main thread Python allows no handlers.
    watched = _STOPS if current_thread() is main_thread() else ()
    before = {signum: signal.signal(signum, note) for signum in watched}
    try:
        yield stops
    finally:
        for signum, handler in before.items():
            signal.signal(signum, handler)


def _end_group(process: "subprocess.Popen[str]") -> None:
    # Gone, or (macOS) all but gone.
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            process.wait(_GRACE_SECONDS)
        os.killpg(process.pid, signal.SIGKILL)
