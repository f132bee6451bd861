"""The demo backend on a port of its own."""

import asyncio

import uvicorn

from ops_dashboard.demo.api import demo_app
from ops_dashboard.demo.connection import BreakableProtocol


async def serve(
    host: str,
    port: int,
    *,
    scenario: str = "lively",
    seed: int = 7,
    speed: float = 1.0,
    token: str | None = None,
) -> None:
    """Serve the demo backend until the process is told to stop.

    Raises ValueError when ``scenario`` is unknown; exits the process when the port is taken.
    """
    app = demo_app(seed=seed, scenario=scenario, speed=speed, token=token)
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        http=BreakableProtocol,
        ws="none",
        lifespan="off",
        access_log=False,
        timeout_graceful_shutdown=1,
    )
    await uvicorn.Server(config).serve()


def run_demo(host: str, port: int, scenario: str = "lively", seed: int = 7) -> None:
    """As :func:`serve`, for the command line; Ctrl-C ends it quietly."""
    try:
        asyncio.run(serve(host, port, scenario=scenario, seed=seed))
    except KeyboardInterrupt:
        return
