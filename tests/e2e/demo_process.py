"""The demo backend as a process of its own, which a test may kill and start again."""

import os
import subprocess
import sys
from types import TracebackType

import httpx

from tests.e2e.demo import Demo
from tests.e2e.waiting import until
from tests.servers import HOST, free_port


class DemoProcess:
    """`ops-dashboard demo` in the scenario ``healthy``, always on the same port."""

    def __init__(self) -> None:
        self._port = free_port()
        self.url = f"http://{HOST}:{self._port}"
        self.demo = Demo(self.url)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the process and wait until it answers."""
        self._process = subprocess.Popen(
            [
                sys.executable,
                "-c",
                "from ops_dashboard.cli import main; raise SystemExit(main())",
                *("demo", "--port", str(self._port), "--scenario", "healthy"),
            ],
            env={name: value for name, value in os.environ.items() if not name.startswith("OPS_")},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until(self._answers, "an answer of the demo backend")

    def kill(self) -> None:
        """End the process at once, as a crash would; nobody listens on its port then."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def __enter__(self) -> "DemoProcess":
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()

    def _answers(self) -> bool:
        assert self._process is not None
        assert self._process.poll() is None, "the demo backend ended"
        try:
            return httpx.get(f"{self.url}/health").status_code == 200
        except httpx.TransportError:
            return False  # not listening yet
