"""The dashboard's server as a process of its own, which a test may kill and start again."""

import multiprocessing
import os
import re
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Protocol

import httpx

from tests.secrets_kept import BACKEND_TOKEN, secrets_in

_ANNOUNCED = re.compile(r"The dashboard is at (http://\S+:(\d+))/ops")
_START_SECONDS = 30
_STOP_SECONDS = 10
_SERVE = "from ops_dashboard.cli import main; raise SystemExit(main(['serve']))"


@cache
def _forks() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.preloaded"])
    return context


def _serve(env: Mapping[str, str], directory: str, log: str, descriptors: int = 0) -> None:
    """Become `ops-dashboard serve`, in a process that was just forked."""
    if descriptors:
        resource.setrlimit(resource.RLIMIT_NOFILE, (descriptors, descriptors))
    os.environ.clear()
    os.environ.update(env)
    os.chdir(directory)
    opened = os.open(log, os.O_WRONLY | os.O_APPEND)
    os.dup2(opened, sys.stdout.fileno())
    os.dup2(opened, sys.stderr.fileno())
    from ops_dashboard.cli import main

    raise SystemExit(main(["serve"]))


class _Interpreter(subprocess.Popen[bytes]):
    """A server in a new interpreter, with the interface of a forked one."""

    def __init__(self, env: Mapping[str, str], directory: str, log: str) -> None:
        with open(log, "ab") as opened:
            super().__init__(
                [sys.executable, "-c", _SERVE],
                env=dict(env),
                cwd=directory,
                stdin=subprocess.DEVNULL,
                stdout=opened,
                stderr=opened,
            )

    @property
    def exitcode(self) -> int | None:
        return self.poll()

    def join(self, timeout: float) -> None:
        with suppress(subprocess.TimeoutExpired):
            self.wait(timeout)


class DashboardServer:
    """`ops-dashboard serve` on loopback, on a port of the system's choice that it keeps over restarts.

    Args:
        env: settings OPS_…; those of the environment of the tests do not count.
        log: file for everything that the process prints; its data are kept beside it.
        directory: the process's current directory; by default the one of the tests.
        fresh: start a new interpreter, as a shell would, rather than fork one that has imported everything.
        descriptors: how many file descriptors the process may have; 0 for as many as the tests. Not with ``fresh``.
    """

    def __init__(
        self,
        env: Mapping[str, str],
        log: Path,
        directory: Path | None = None,
        *,
        fresh: bool = False,
        descriptors: int = 0,
    ) -> None:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("OPS_")}
        own = {"OPS_PORT": "0", "OPS_DATA_DIR": str(log.with_suffix(".data"))}
        if "OPS_BACKEND_URL" in env:
            own["OPS_BACKEND_TOKEN"] = BACKEND_TOKEN
            if not {"OPS_HOST", "OPS_TRUSTED_PROXIES"} & env.keys():
                own["OPS_TRUST_LOOPBACK"] = "yes"  # nobody but the tests is on their ports
            own["OPS_LOAD_BUDGET"] = "50"  # calls are slow while the machine is busy
        self._env = inherited | own | dict(env)
        self._log = log
        self._directory = str(directory or Path.cwd())
        self._fresh = fresh
        self._descriptors = descriptors
        self._process: _Interpreter | BaseProcess | None = None
        self.origin = ""

    @property
    def url(self) -> str:
        """Address of the page."""
        return f"{self.origin}/ops"

    @property
    def pid(self) -> int:
        """Id of the running process."""
        return int(self._running().pid or 0)

    def output(self) -> str:
        """All that the process has printed, over all its starts."""
        return self._log.read_text(encoding="utf-8", errors="replace")

    def start(self) -> "DashboardServer":
        """Start the process and wait until it answers.

        Raises:
            AssertionError: it ended, or did not answer in time; with what it printed.
        """
        self._log.touch()
        begin = self._log.stat().st_size
        where = self._env, self._directory, str(self._log)
        if self._fresh:
            self._process = _Interpreter(*where)
        else:
            self._process = _forks().Process(target=_serve, args=(*where, self._descriptors))
            self._process.start()
        deadline = time.monotonic() + _START_SECONDS
        while not self._answers(begin):
            assert self._process.exitcode is None, f"the server ended:\n{self.output()}"
            assert time.monotonic() < deadline, f"the server does not answer:\n{self.output()}"
            time.sleep(0.05)
        return self

    def kill(self) -> None:
        """End the process at once, as a crash would."""
        self._end(signal.SIGKILL)

    def stop(self, within: float = _STOP_SECONDS) -> int:
        """Ask the process to end within so many seconds, and return its exit code."""
        return self._end(signal.SIGTERM, within)

    def close(self) -> None:
        """End the process if it runs.

        Raises:
            AssertionError: it printed a secret.
        """
        if self._process is not None and self._process.exitcode is None:
            self.kill()
        if self._log.exists():
            assert secrets_in(self.output()) == [], "no secret is printed"

    def _answers(self, begin: int) -> bool:
        printed = self._log.read_bytes()[begin:].decode("utf-8", errors="replace")
        announced = _ANNOUNCED.search(printed)
        if announced is None:
            return False
        self.origin = announced[1]
        self._env["OPS_PORT"] = announced[2]
        return httpx.get(f"{self.origin}/healthz").status_code == 200

    def _end(self, how: signal.Signals, within: float = _STOP_SECONDS) -> int:
        process = self._running()
        os.kill(self.pid, how)
        process.join(within)
        assert process.exitcode is not None, f"the server did not end within {within} s:\n{self.output()}"
        return process.exitcode

    def _running(self) -> _Interpreter | BaseProcess:
        assert self._process is not None, "the server was not started"
        return self._process


class StartDashboard(Protocol):
    """Starts a dashboard with the given settings, as the fixture `dashboard` does."""

    def __call__(self, **env: str) -> DashboardServer: ...
