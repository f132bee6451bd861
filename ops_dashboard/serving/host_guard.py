"""Answers nobody who asks for another host than this one."""

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from ops_dashboard.access.hosts import Hosts
from ops_dashboard.serving.refusal import refuse

_TOLD = (
    "The dashboard does not answer to this host name. Who runs it can add the name to OPS_ALLOWED_HOSTS.\n"
)


class HostGuard:
    """ASGI layer that keeps out a site whose name was made to lead here: 421, for the websocket, too.

    Args:
        app: the next layer.
        hosts: knows which names are answered.
    """

    def __init__(self, app: ASGIApp, hosts: Hosts) -> None:
        self._app = app
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        asked = scope["type"] in ("http", "websocket")
        if not asked or self._hosts.answers_to(Headers(scope=scope).get("host", "")):
            await self._app(scope, receive, send)
        else:
            await refuse(PlainTextResponse(_TOLD, status_code=421), scope, receive, send)
