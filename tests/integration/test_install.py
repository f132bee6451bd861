"""The first step of `make run` installs what is pinned, whatever the index offers, and after an interruption."""

import os
import re
import signal
import socket
import subprocess
import threading
import zipfile
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.integration.checkout import ROOT, Checkout, PackageIndex

OLD_PIP, NEW_PIP = "23.2.1", "26.3"
INSTALLED = re.compile(r"Installing the packages … \d+ s\n")


@pytest.fixture(scope="module")
def pip(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Unpacks a version of pip, which `make test` has put into `build`."""
    directory = tmp_path_factory.mktemp("pip")

    def unpacked(version: str) -> Path:
        wheel = ROOT / f"build/pip-{version}-py3-none-any.whl"
        assert wheel.is_file(), f"run `make {wheel.relative_to(ROOT)}`"
        if not (directory / version).exists():
            with zipfile.ZipFile(wheel) as archive:
                archive.extractall(directory / version)
        return directory / version

    return unpacked


@pytest.fixture
def index(tmp_path: Path) -> PackageIndex:
    return PackageIndex(tmp_path / "index")


@pytest.fixture
def checkout(tmp_path: Path, pip: Callable[[str], Path]) -> Checkout:
    return Checkout(tmp_path / "checkout", pip(NEW_PIP))


class HangingIndex(ThreadingHTTPServer):
    """An index that answers the first request only when it is told to, and then has nothing."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Hanging)
        self.asked = threading.Event()
        self.goes_on = threading.Event()
        self.url = f"http://127.0.0.1:{self.server_address[1]}"


class _Hanging(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        assert isinstance(self.server, HangingIndex)
        self.server.asked.set()
        self.server.goes_on.wait(60)
        self.send_error(404)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def hanging() -> Iterator[HangingIndex]:
    with HangingIndex() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.goes_on.set()
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("version", [OLD_PIP, NEW_PIP])
def test_newer_packages_in_the_index_change_nothing(
    tmp_path: Path, index: PackageIndex, pip: Callable[[str], Path], version: str
) -> None:
    pins = [
        # An old pip asks for the newest of what is wanted with an extra, pinned or not.
        index.offer("dashboard", "1.0", "server[reload]>=1.0", "words"),
        index.offer("server", "1.0", "watcher>=1; extra == 'reload'", extras=("reload",)),
        index.offer("watcher", "1.0"),
        index.offer("words", "1.0"),
    ]
    for name in ("dashboard", "server", "watcher", "words"):
        index.offer(name, "1.0.1", "further")
        index.offer(name, "2.0", "further")
    index.offer("further", "1.0")
    checkout = Checkout(tmp_path / "checkout", pip(version))
    checkout.pin(*pins)
    code, output = checkout.install(index.url)
    assert (code, INSTALLED.fullmatch(output) is not None) == (0, True), output
    assert checkout.installed() == {"dashboard-1.0", "server-1.0", "watcher-1.0", "words-1.0", "small-1"}
    command = [checkout.directory / ".venv/bin/python", "-c", "import pip; print(pip.__version__)"]
    env = {"PYTHONPATH": str(pip(version))}
    assert subprocess.check_output(command, env=env, text=True) == f"{version}\n"


def test_two_starts_after_a_kill_install_once(
    checkout: Checkout, index: PackageIndex, hanging: HangingIndex
) -> None:
    one, other = index.offer("one", "1.0"), index.offer("other", "1.0")
    checkout.pin(one)
    with checkout.start(hanging.url) as killed:
        assert hanging.asked.wait(60)
        os.killpg(killed.pid, signal.SIGKILL)
    hanging.goes_on.set()
    with checkout.start(index.url) as first, checkout.start(index.url) as second:
        told = [process.communicate(timeout=120)[0] for process in (first, second)]
    assert (first.returncode, second.returncode) == (0, 0), told
    assert len(INSTALLED.findall("".join(told))) == 1
    assert checkout.installed() == {"one-1.0", "small-1"}
    assert checkout.install(index.url) == (0, ""), "there is nothing to do"
    checkout.pin(other)
    assert checkout.install(index.url)[0] == 0
    assert checkout.installed() == {"other-1.0", "small-1"}, "what is not pinned any more is gone"


def test_unreachable_index_is_one_sentence(checkout: Checkout) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    checkout.pin(f"one==1.0 --hash=sha256:{'0' * 64}\n")
    code, output = checkout.install(f"http://127.0.0.1:{port}", PIP_RETRIES="1")
    assert code != 0
    assert "\nThe packages could not be installed. The package registry cannot be reached: check" in output
    assert "Traceback" not in output
    assert "WARNING" not in output
