"""Serves the app and its built frontend: one process, one port."""

import asyncio
import importlib
import logging
import os
import socket
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, cast

import uvicorn
from reflex_base import constants
from reflex_base.environment import environment
from starlette.types import ASGIApp

from ops_dashboard.monitor.every import Every
from ops_dashboard.serving.descriptors import raised_limit, shares
from ops_dashboard.serving.errors import StartError
from ops_dashboard.serving.listen import bind
from ops_dashboard.serving.protocols import Connections, HttpConnection, WebsocketConnection
from ops_dashboard.serving.site import built_site
from ops_dashboard.settings import Settings
from ops_dashboard.storage.errors import InUse
from ops_dashboard.storage.process_lock import lock_database

_log = logging.getLogger(__name__)
_APP = "ops_dashboard.ops_dashboard"
# A tab that has gone, or a server that has, is noticed within the sum of these two.
_PING_EVERY = timedelta(seconds=10)
_PONG_WITHIN = timedelta(seconds=10)
_LARGEST_MESSAGE_BYTES = 128 << 10
_LARGEST_HEAD_BYTES = 32 << 10
# As many connections are accepted at once: with more, all descriptors are taken before any is counted.
_ACCEPTED_AT_ONCE = 32
_MOST_WAITING = 2048
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
    share = shares(raised_limit())
    known = Connections(share.connections, share.unfinished)
    config = uvicorn.Config(
        app,
        http=cast(type[asyncio.Protocol], partial(HttpConnection, known)),
        ws=WebsocketConnection,
        backlog=_ACCEPTED_AT_ONCE,
        h11_max_incomplete_event_size=_LARGEST_HEAD_BYTES,
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
    return importlib.import_module(_APP).serve()


def configure_framework(site: Path) -> None:
    """Tell Reflex where the finished build is and how to serve it; see :func:`load_app`."""
    environment.REFLEX_ENV_MODE.set(constants.Env.PROD)
    environment.REFLEX_WEB_WORKDIR.set(site / "web")
    environment.REFLEX_SKIP_COMPILE.set(True)
    environment.REFLEX_MOUNT_FRONTEND_COMPILED_APP.set(True)
    environment.REFLEX_SOCKET_INTERVAL.set(_PING_EVERY)
    environment.REFLEX_SOCKET_TIMEOUT.set(_PONG_WITHIN)
    os.chdir(site)


_ACCEPT = "socket.accept()"
"""How the event loop's message begins when a connection could not be accepted."""
_TELL_EVERY_SECONDS = 60.0


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, started: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_started = started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        loop, accept_failed = asyncio.get_running_loop(), Every(_TELL_EVERY_SECONDS)

        def note(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
            if not str(context.get("message", "")).startswith(_ACCEPT):
                loop.default_exception_handler(context)
            elif accept_failed.is_due(loop.time()):
                _log.error("connections cannot be accepted", extra={"why": str(context.get("exception", ""))})

        loop.set_exception_handler(note)
        await super().startup(sockets)
        for listening in sockets or ():
            listening.listen(_MOST_WAITING)
        if self.started:
            self._on_started()
