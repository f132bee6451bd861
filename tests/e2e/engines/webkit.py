"""WebKit, the engine of Safari: GNOME's build of it, driven over WebDriver, on a display of its own."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from selenium.webdriver.remote.client_config import ClientConfig
from selenium.webdriver.remote.remote_connection import RemoteConnection
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

from scripts.find_browsers import WEBKIT

_SCREEN = "2000x1400x24"
_WITHOUT_GPU = {"WEBKIT_DISABLE_DMABUF_RENDERER": "1"}  # else it draws a few frames a second
_CALM = "[Settings]\ngtk-enable-animations=false\n"
_END_SECONDS = 20


@contextmanager
def webkit(directory: Path, log: Path) -> Iterator[WebDriver]:
    """A window of a fresh profile in ``directory``; ``log`` is the file for what it prints: not its pages' consoles.

    Raises:
        AssertionError: there is no WebKit here, with what to do; or no display started.
    """
    path = WEBKIT.demand()
    settings = directory / "gtk-3.0" / "settings.ini"
    settings.parent.mkdir()
    settings.write_text(_CALM, encoding="utf-8")
    with _display() as display, log.open("wb") as output:
        env = {**os.environ, **_WITHOUT_GPU, "DISPLAY": display, "XDG_CONFIG_HOME": str(directory)}
        service = Service(path, log_output=output, env=env)
        service.start()
        try:
            connection = RemoteConnection(client_config=ClientConfig(service.service_url))
            driver = WebDriver(connection, options=Options())
            yield driver
            driver.quit()
        finally:
            service.stop()


@contextmanager
def _display() -> Iterator[str]:
    """A display that nobody sees, by a name that the server finds free."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", _SCREEN, "-nolisten", "tcp"]
    quiet = subprocess.DEVNULL
    server = subprocess.Popen(command, pass_fds=[writing], stdin=quiet, stdout=quiet, stderr=quiet)
    os.close(writing)
    try:
        with os.fdopen(reading) as answer:
            number = answer.readline().strip()
        assert number, "Xvfb did not start"
        yield f":{number}"
    finally:
        server.terminate()
        server.wait(_END_SECONDS)
