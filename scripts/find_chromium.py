"""Sees to it that the browser tests have a Chromium: the system's, installed by apt where that is allowed.

Prints nothing when there is one; else explains in one sentence what to do, and fails.
"""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome")
HELP = "The browser tests need Chromium: install it (apt-get install chromium), or name one in CHROMIUM."
INSTALL = (
    ["apt-get", "update"],
    ["apt-get", "install", "--yes", "--no-install-recommends", "chromium"],
)


def find_chromium() -> str | None:
    """Path of the browser: the one named in the variable CHROMIUM, else the first on the PATH."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    return next(filter(None, map(shutil.which, NAMES)), None)


def main() -> int:
    """Find or install; 0 when there is a browser."""
    if find_chromium():
        return 0
    if os.environ.get("CHROMIUM") or os.geteuid() != 0 or shutil.which("apt-get") is None:
        print(HELP, file=sys.stderr)
        return 1
    print("Installing Chromium for the browser tests", file=sys.stderr)
    for command in INSTALL:
        result = subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
        if result.returncode != 0:
            print(f"{' '.join(command)} failed. {HELP}", file=sys.stderr)
            return 1
    return 0 if find_chromium() else 1


if __name__ == "__main__":
    sys.exit(main())
