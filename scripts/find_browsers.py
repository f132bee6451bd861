"""Sees to it that the tests have the programs they run: the system's, installed by apt where that is allowed.

    python scripts/find_browsers.py chromium firefox webkit nginx

Prints nothing when they are there; else says in one sentence for each that is not what to do, and fails.
"""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Browser:
    """A browser engine that tests run in, or another program that they start."""

    title: str
    variable: str
    """Environment variable that may name another program."""
    programs: tuple[str, ...]
    """Its names; the first that is on the PATH is taken."""
    packages: tuple[str, ...]
    """Debian's packages of it, and of what it needs."""
    beside: tuple[str, ...] = ()
    """Programs without which it does not run here."""

    @property
    def help(self) -> str:
        """What to do when it is missing."""
        return (
            f"The tests need {self.title} (apt-get install {' '.join(self.packages)});"
            f" {self.variable} may name another one."
        )

    def find(self) -> str | None:
        """Path of the program: the one that the variable names, else the first on the PATH."""
        if not all(map(shutil.which, self.beside)):
            return None
        named = os.environ.get(self.variable)
        return next(filter(None, map(shutil.which, [named] if named else self.programs)), None)

    def demand(self) -> str:
        """Path of the program.

        Raises:
            AssertionError: there is none; with what to do.
        """
        path = self.find()
        assert path, self.help
        return path


CHROMIUM = Browser("Chromium", "CHROMIUM", ("chromium", "chromium-browser", "google-chrome"), ("chromium",))
FIREFOX = Browser("Firefox", "FIREFOX", ("firefox-esr", "firefox"), ("firefox-esr",))
WEBKIT = Browser(
    "WebKit's driver and Xvfb",
    "WEBKIT_DRIVER",
    ("WebKitWebDriver",),
    ("webkit2gtk-driver", "xvfb"),
    beside=("Xvfb",),
)
NGINX = Browser("nginx", "NGINX", ("nginx", "/usr/sbin/nginx"), ("nginx-light",))
BROWSERS = {"chromium": CHROMIUM, "firefox": FIREFOX, "webkit": WEBKIT, "nginx": NGINX}


def main(names: list[str]) -> int:
    """Find or install; 0 when all of them are there."""
    complaints = [complaint for name in names if (complaint := _complaint(BROWSERS[name]))]
    print(*complaints, sep="\n", end="\n" if complaints else "", file=sys.stderr)
    return 1 if complaints else 0


def _complaint(browser: Browser) -> str:
    """Why it is not there, also after the attempt to install it; empty when it is."""
    if browser.find():
        return ""
    if os.environ.get(browser.variable) or os.geteuid() != 0 or shutil.which("apt-get") is None:
        return browser.help
    print(f"Installing {browser.title} for the tests", file=sys.stderr)
    install = ["apt-get", "install", "--yes", "--no-install-recommends", *browser.packages]
    for command in (["apt-get", "update"], install):
        if subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode != 0:
            return f"{' '.join(command)} failed. {browser.help}"
    return "" if browser.find() else browser.help


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
