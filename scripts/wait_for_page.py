"""Starts the dashboard by a command, waits for its page, says after how many seconds it was there, and stops it.

    python3 scripts/wait_for_page.py make run

Fails when the command ends before, or the page is not there in time.
"""

import os
import signal
import subprocess
import sys
import time
from urllib.request import urlopen

_ANNOUNCED = "The dashboard is at "
_WITHIN_SECONDS = 600


def main(command: list[str]) -> int:
    """Run the command; 0 when it has served the page and has ended when told to."""
    began = time.monotonic()
    # A group of its own, as in a terminal: Ctrl-C is for all of it.
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True) as process:
        signal.signal(signal.SIGALRM, lambda *_: os.killpg(process.pid, signal.SIGKILL))
        signal.alarm(_WITHIN_SECONDS)
        try:
            address = _announced(process)
            if not address:
                print(f"It ended without the page, with code {process.wait()}.", file=sys.stderr)
                return 1
            with urlopen(address, timeout=30) as answer:
                text = answer.read()
            print(f"The page is there after {time.monotonic() - began:.0f} s: {len(text)} bytes.", flush=True)
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGINT)
    return 0


def _announced(process: "subprocess.Popen[str]") -> str:
    """The address that the command prints; empty when it ends without."""
    assert process.stdout is not None
    for line in process.stdout:
        print(line, end="", flush=True)
        if line.startswith(_ANNOUNCED):
            return line.removeprefix(_ANNOUNCED).strip()
    return ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
