"""A backend that answers with the recordings, on one event loop that its slow calls freeze.

python -m benchmarks.slow_backend --scale 0.2

A process of its own: it prints its address and serves until it is ended. Its users call ``/user``; every other call
is counted as the dashboard's. ``/control`` tells the counts and takes orders, see ``Backend.control``.
"""

import argparse
import asyncio
import json
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from tests.replay import RECORDINGS, Library, Recording

WELL, NO_REDIS, NO_POSTGRESQL = "all-up-busy", "fresh-no-redis-no-celery", "db-down"
_SLOW = frozenset({"/api/monitoring/health", "/api/monitoring/workers/status"})
_POOLED = frozenset({"/api/monitoring/health", "/api/monitoring/database", "/api/monitoring/user-engagement"})
"""Calls that need a database connection. Their driver blocks: they hold the loop as the slow ones do."""
_PUBLIC = ("/api/monitoring/health/", "/api/v1/ingestion/", "/openapi.json")
"""Beside all that ends in ``/health``, as on the real backend."""


class Freezes:
    """The time for which something blocked the event loop, in seconds."""

    def __init__(self) -> None:
        self.blocked = 0.0

    def block(self, seconds: float) -> None:
        """Let nothing else run for so long."""
        began = time.perf_counter()
        time.sleep(seconds)
        self.blocked += time.perf_counter() - began


class ConnectionPool:
    """Database connections of a blocking driver: who waits for one holds up those who would give one back.

    ``block`` passes the time of a wait, in seconds.
    """

    SIZE, CAPACITY = 3, 10
    WAIT_SECONDS = 30.0

    def __init__(self, block: Callable[[float], None]) -> None:
        self._block = block
        self.used = 0

    @contextmanager
    def connection(self) -> Iterator[None]:
        """Use a connection. Raises TimeoutError when none has become free within the wait."""
        if self.used >= self.CAPACITY:
            self._block(self.WAIT_SECONDS)
        if self.used >= self.CAPACITY:
            raise TimeoutError("no connection became free")
        self.used += 1
        try:
            yield
        finally:
            self.used -= 1

    async def press(self, seconds: float) -> None:
        """Use all that are free, as users do, for so many seconds and until the loop lets them be given back."""
        taken = self.CAPACITY - self.used
        self.used += taken
        await asyncio.sleep(seconds)
        self.used -= taken

    def told(self) -> dict[str, float]:
        """What the backend says about its pool."""
        return {
            "checked_out": self.used,
            "checked_in": max(0, self.SIZE - self.used),
            "overflow": self.used - self.SIZE,
            "connections_available": self.CAPACITY - self.used,
            "pool_usage_percent": 100.0 * self.used / self.CAPACITY,
        }


class Backend:
    """The backend; ``scale`` times the recorded time is what its slow calls take."""

    def __init__(self, scale: float = 1.0) -> None:
        self._scale = scale
        self._freezes = Freezes()
        self.pool = ConnectionPool(self._freezes.block)
        self._libraries = {name: Library(RECORDINGS / name) for name in (WELL, NO_REDIS, NO_POSTGRESQL)}
        self._openapi = json.loads((RECORDINGS / "openapi.json").read_text(encoding="utf-8"))
        self._condition = WELL
        self._refuses_token = False
        self._calls = 0
        self._pressing: asyncio.Task[None] | None = None
        self._pressed_at = self._released_at = 0.0

    def app(self) -> Starlette:
        """Make the app."""
        user = Route("/user", PlainTextResponse("ok"))
        control = Route("/control", self.control, methods=["GET", "POST"])
        return Starlette(routes=[user, control, Route("/{path:path}", self._answer, methods=["GET", "POST"])])

    async def control(self, request: Request) -> Response:
        """Take an order if there is one, and tell what was counted.

        ``condition`` is the name of recordings, ``refuses_token`` true or false, ``pressure_seconds`` for how
        long users take all connections. ``at`` in the answer is the time of the order, unix seconds.
        """
        order: dict[str, Any] = await request.json() if request.method == "POST" else {}
        self._condition = order.get("condition", self._condition)
        self._refuses_token = order.get("refuses_token", self._refuses_token)
        now = time.time()
        if "pressure_seconds" in order:
            self._pressed_at, self._released_at = now, 0.0
            self._pressing = asyncio.create_task(self._press(order["pressure_seconds"]))
        outage = (self._released_at or now) - self._pressed_at if self._pressed_at else 0.0
        told = {"at": now, "blocked": self._freezes.blocked, "calls": self._calls}
        return JSONResponse({**told, "outage_seconds": outage})

    async def _press(self, seconds: float) -> None:
        await self.pool.press(seconds)
        self._released_at = time.time()

    async def _answer(self, request: Request) -> Response:
        path = request.url.path
        self._calls += 1
        public = path.startswith(_PUBLIC) or path.endswith("/health")
        if not public and (self._refuses_token or "authorization" not in request.headers):
            return JSONResponse({"detail": "Invalid authentication token"}, 401)
        if path == "/openapi.json":
            return JSONResponse(self._openapi)
        found = self._found(self._condition, request)
        if found is not None:
            return await self._in_its_time(found, request)
        if path.endswith("/health") and path in self._openapi["paths"]:
            return JSONResponse({"status": "healthy"})  # offered, but not recorded
        return JSONResponse({"detail": "Not Found"}, 404)

    async def _in_its_time(self, found: Recording, request: Request) -> Response:
        seconds = found.elapsed_ms / 1000 * (self._scale if found.path in _SLOW else 1)
        if found.path in _POOLED:
            try:
                with self.pool.connection():
                    self._freezes.block(seconds)
                    return self._told(found)
            except TimeoutError:
                return self._told(self._found(NO_POSTGRESQL, request) or found)
        if found.path in _SLOW:
            self._freezes.block(seconds)
        else:
            await asyncio.sleep(seconds)
        return self._told(found)

    def _found(self, condition: str, request: Request) -> Recording | None:
        return self._libraries[condition].find(request.method, request.url.path, request.url.query)

    def _told(self, found: Recording) -> Response:
        if not isinstance(found.body, dict):
            return found.response()
        pool = {
            part: {**found.body[part], **self.pool.told()}
            for part in ("pool", "connection_pool")
            if part in found.body
        }
        return JSONResponse({**found.body, **pool}, found.status, found.headers)


def main() -> None:
    """Serve on a free port of loopback, and print the address."""
    parser = argparse.ArgumentParser(description="Serve a backend that slow calls freeze.")
    parser.add_argument("--scale", type=float, default=1.0, help="times the recorded time of the slow calls")
    backend = Backend(parser.parse_args().scale)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()  # who reads the address may call at once
        print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
        server = uvicorn.Server(uvicorn.Config(backend.app(), log_level="warning", access_log=False))
        server.run(sockets=[listener])


if __name__ == "__main__":
    main()
