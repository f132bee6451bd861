"""The demo backend as a browser test reads and changes it: over HTTP, like anyone else."""

from collections import Counter
from typing import Any

import httpx


class Demo:
    """A demo backend that runs somewhere.

    Args:
        origin: its address, or that of a dashboard which embeds it.
    """

    def __init__(self, origin: str) -> None:
        self.origin = origin

    def get(self, path: str) -> Any:
        """What the backend answers at ``path``."""
        return self._answer(httpx.get(f"{self.origin}{path}"))

    def set(self, values: dict[str, Any]) -> None:
        """Put values into its answers, by dotted paths as "performance.error_rate"."""
        self._order({"set": values})

    def fault(self, path: str, kind: str, value: float | None = None) -> None:
        """Let the calls of ``path`` fail from now on; ``value`` is an HTTP status or seconds of delay."""
        self._order({"fault": {"path": path, "kind": kind, "value": value}})

    def mend(self, path: str) -> None:
        """Take the fault away from ``path``."""
        self.fault(path, "none")

    def play(self, scenario: str) -> None:
        """Change to another scenario."""
        self._order({"scenario": scenario})

    def calls(self) -> Counter[str]:
        """How often each path was called so far."""
        return Counter(self.get("/demo/control")["calls"])

    def _order(self, order: dict[str, Any]) -> None:
        self._answer(httpx.post(f"{self.origin}/demo/control", json=order))

    @staticmethod
    def _answer(response: httpx.Response) -> Any:
        assert response.status_code == 200, response.text
        return response.json()
