"""Serves the app and its built frontend: one process, one port."""

import importlib
import os
import socket
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import uvicorn
from reflex_base import constants
from reflex_base.environment import environment
from starlette.types import ASGIApp

from ops_dashboard.serving.errors import StartError
from ops_dashboard.serving.listen import bind
from ops_dashboard.serving.site import built_site
from ops_dashboard.settings import Settings
from ops_dashboard.storage.errors import InUse
from ops_dashboard.storage.process_lock import lock_database

_APP = "ops_dashboard.ops_dashboard"
# A tab that has gone, or a server that has, is noticed within the sum of these two.
_PING_EVERY = timedelta(seconds=10)
_PONG_WITHIN = timedelta(seconds=10)
_LARGEST_MESSAGE_BYTES = 1 << 20
# Seconds that open requests get to finish; the app's own tasks then have the rest of five seconds.
_GRACE_SECONDS = 2


def serve(settings: Settings, announce: Callable[[str], None]) -> None:
    """Serve until a signal to stop arrives.

    Args:
        settings: where to listen; port 0 lets the system choose.
        announce: called with the dashboard's address once requests are answered.

    Raises:
        BuildError: the frontend is not built.
        BindError: the address cannot be listened on.
        StartError: another process uses the database.
    """
    site = built_site()
    lock = _only_process(settings)
    listening = bind(settings.host, settings.port)
    app = load_app(site)
    port = listening.getsockname()[1]
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        # Every socket would compress the same push for itself, once per tab.
        ws_per_message_deflate=False,
        ws_max_size=_LARGEST_MESSAGE_BYTES,
        timeout_graceful_shutdown=_GRACE_SECONDS,
        lifespan="on",
    )
    try:
        _Server(config, lambda: announce(f"http://{host}:{port}/ops")).run(sockets=[listening])
    finally:
        if lock is not None:
            os.close(lock)


def _only_process(settings: Settings) -> int | None:
    try:
        return lock_database(settings)
    except InUse as error:
        raise StartError(str(error)) from error


def load_app(site: Path) -> ASGIApp:
    """Import the app and make it serve the built frontend without compiling anything.

    Changes this process's environment and current directory, from which Reflex reads its configuration.

    Args:
        site: the directory that holds `rxconfig.py` and the finished build in `web`.
    """
    configure_framework(site)
    return importlib.import_module(_APP).app()


def configure_framework(site: Path) -> None:
    """Tell Reflex where the finished build is and how to serve it; see :func:`load_app`."""
    environment.REFLEX_ENV_MODE.set(constants.Env.PROD)
    environment.REFLEX_WEB_WORKDIR.set(site / "web")
    environment.REFLEX_SKIP_COMPILE.set(True)
    environment.REFLEX_MOUNT_FRONTEND_COMPILED_APP.set(True)
    environment.REFLEX_SOCKET_INTERVAL.set(_PING_EVERY)
    environment.REFLEX_SOCKET_TIMEOUT.set(_PONG_WITHIN)
    os.chdir(site)


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, started: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_started = started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._on_started()
