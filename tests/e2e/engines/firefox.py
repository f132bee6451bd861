"""Firefox, driven over its own remote protocol."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from selenium.webdriver.firefox.options import Options
from selenium.webdriver.remote.webdriver import WebDriver

from scripts.find_browsers import FIREFOX
from tests.e2e.engines.marionette import Marionette
from tests.e2e.waiting import until

ERRORS = r"^(?:JavaScript error: http|console\.error: (?!\w+: $)).*"
"""The lines of its console that are errors of a page; its own parts begin with their name."""

_PREFERENCES = {
    "marionette.port": 0,
    "devtools.console.stdout.content": True,
    "ui.prefersReducedMotion": 1,
}
_START_SECONDS = 60
_END_SECONDS = 20


@contextmanager
def firefox(directory: Path, log: Path) -> Iterator[WebDriver]:
    """A window of a fresh profile in ``directory``; ``log`` is the file for all that its console tells.

    Raises:
        AssertionError: there is no Firefox here, with what to do; or it did not start.
    """
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in _PREFERENCES.items()]
    (directory / "user.js").write_text("".join(lines), encoding="utf-8")
    command = [FIREFOX.demand(), "--headless", "--marionette", "--no-remote", "--profile", str(directory)]
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT)
        try:
            port = until(lambda: _port(directory), "the start of Firefox", _START_SECONDS)
            driver = WebDriver(Marionette(port), options=Options())
            yield driver
            driver.quit()
        finally:
            process.terminate()
            process.wait(_END_SECONDS)


def _port(directory: Path) -> int:
    """The port it listens on; 0 while it does not."""
    file = directory / "MarionetteActivePort"
    return int(file.read_text(encoding="ascii") or 0) if file.exists() else 0
