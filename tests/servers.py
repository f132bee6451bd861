"""Real servers for tests: any ASGI app on a free loopback port.

    async with running(demo_app()) as url:
        async with httpx.AsyncClient(base_url=url) as client: ...

    with serving(app) as url: ...          # the same for synchronous tests

The server has a thread and an event loop of its own, so neither a blocking client nor a blocking app can
stall the test. It is listening when the block begins. When the block ends it has stopped: answers still
under way are given one second and are then cut off. Give the ``port`` of a server that has stopped to start
another one in its place; port 0 lets the OS choose.
"""

import asyncio
import socket
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import uvicorn
from starlette.types import ASGIApp

from ops_dashboard.demo.connection import BreakableProtocol

HOST = "127.0.0.1"
_PATIENCE = 20.0


class _Server(uvicorn.Server):
    """A uvicorn server in a thread; ``settled`` is set once it has started, or failed to."""

    def __init__(self, app: ASGIApp) -> None:
        config = uvicorn.Config(
            app, http=BreakableProtocol, log_level="critical", access_log=False, timeout_graceful_shutdown=1
        )
        super().__init__(config)
        self.settled = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.settled.set()

    def work(self, listener: socket.socket) -> None:
        try:
            asyncio.run(self.serve(sockets=[listener]))
        except SystemExit:
            self.should_exit = True  # how uvicorn ends when the app's lifespan fails; it has not started then
        finally:
            self.settled.set()


@contextmanager
def serving(app: ASGIApp, *, port: int = 0) -> Iterator[str]:
    """Serve ``app`` and give its base URL, without a slash at the end.

    Raises RuntimeError when the app does not start (its lifespan fails) or the server does not stop.
    """
    with socket.socket(proto=socket.IPPROTO_TCP) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((HOST, port))
        server = _Server(app)
        thread = threading.Thread(target=server.work, args=[listener], name="test server", daemon=True)
        thread.start()
        try:
            if not server.settled.wait(_PATIENCE) or not server.started:
                raise RuntimeError("The test server did not start")
            yield f"http://{HOST}:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(_PATIENCE)
            if thread.is_alive():
                raise RuntimeError("The test server did not stop")


@asynccontextmanager
async def running(app: ASGIApp, *, port: int = 0) -> AsyncIterator[str]:
    """As :func:`serving`, for asynchronous tests: starting and stopping do not block the event loop."""
    server = serving(app, port=port)
    url = await asyncio.to_thread(server.__enter__)
    try:
        yield url
    finally:
        await asyncio.to_thread(server.__exit__, None, None, None)


def free_port() -> int:
    """A port nobody listens on at the moment: for "connection refused", or a server that comes later."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]
