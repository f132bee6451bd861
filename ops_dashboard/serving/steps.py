"""What a start does before it serves: one step at a time, shown while it runs. Standard library only."""

import fcntl
import re
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from ops_dashboard.serving.child_process import Stopped

_CAUSES = {
    r"No space left on device|ENOSPC|Disk quota exceeded|EDQUOT": (
        "The disk is full: free some space (1.5 GB is enough) and start again."
    ),
    r"Max retries exceeded|NewConnectionError|Failed to establish a new connection|NameResolutionError"
    r"|ConnectTimeoutError|ReadTimeoutError|ProxyError|SSLError|CERT_|SELF_SIGNED|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET"
    r"|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT": (
        "The package registry cannot be reached: check the network and the proxy, and start again."
    ),
    r"DO NOT MATCH THE HASHES|EINTEGRITY": (
        "A downloaded package is not the one that is pinned: nothing of it was installed; ask who runs the"
        " package registry."
    ),
    r"No matching distribution found": (
        "A pinned package is not to be had for this platform or this Python; README.md says which are supported."
    ),
    r"Permission denied|EACCES": "A file may not be written: give it to the user who starts, and start again.",
}
_SHOWN_LINES = 12
_LITTLE_BYTES = 50_000_000


class Step:
    """Says on a line what is being done, and at its end in how many seconds.

    Args:
        title: what is done, as "Building the page".
    """

    def __init__(self, title: str) -> None:
        self._title = title
        self._began = time.monotonic()

    def __enter__(self) -> Self:
        """Say that it begins."""
        self._began = time.monotonic()
        print(f"{self._title} …", end="", flush=True)
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Say how long it took."""
        outcome = "" if kind is None else "stopped after " if kind is Stopped else "failed after "
        print(f"{self._start_of_line()} {outcome}{self._seconds()} s", flush=True)

    def show(self) -> None:
        """Show on a terminal how long it has taken so far."""
        if sys.stdout.isatty():
            print(f"\r{self._title} … {self._seconds()} s", end="", flush=True)

    def _start_of_line(self) -> str:
        return f"\r{self._title} …" if sys.stdout.isatty() else ""

    def _seconds(self) -> int:
        return round(time.monotonic() - self._began)


def sentence_for(output: str, place: Path) -> str:
    """What to do about a program that has failed; with the end of its output when the cause is not known.

    Args:
        output: all that it has printed.
        place: where it wrote.
    """
    # Some programs leave files cut short on a full disk, and complain about these.
    if shutil.disk_usage(place).free < _LITTLE_BYTES:
        output = "ENOSPC"
    for texts, sentence in _CAUSES.items():
        if re.search(texts, output):
            return sentence
    return "The end of its output was:\n" + "\n".join(output.strip().splitlines()[-_SHOWN_LINES:])


def _say_that_it_waits() -> None:
    print("Waiting for another start, which installs or builds.", flush=True)


@contextmanager
def turn(root: Path, waits: Callable[[], object] = _say_that_it_waits) -> Iterator[int]:
    """Be the only one who installs or builds in a checkout; others wait.

    Args:
        root: the checkout.
        waits: called when somebody else has the turn.

    Yields:
        The descriptor of the lock, which is free once all who hold it have ended.
    """
    work = root / "build"
    work.mkdir(exist_ok=True)
    with (work / "turn.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waits()
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield lock.fileno()
