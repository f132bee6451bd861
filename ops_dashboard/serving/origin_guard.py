"""Refuses what another site's page tries to do in the name of the person looking at it."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from ops_dashboard.serving.refusal import refuse

_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_DEFAULT_PORTS = {"http": 80, "https": 443}


class OriginGuard:
    """ASGI layer that admits websockets and writing requests of the page's own origin only.

    Browsers always state the origin of these; a request without one comes from no page and is let
    through. Reading over plain HTTP is kept to the origin by the browser itself.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it: 403 for HTTP as for the websocket's handshake."""
        if not _guarded(scope) or _is_own_origin(Headers(scope=scope)):
            await self._app(scope, receive, send)
        else:
            response = PlainTextResponse("This request came from another site.", status_code=403)
            await refuse(response, scope, receive, send)


def _guarded(scope: Scope) -> bool:
    return scope["type"] == "websocket" or (scope["type"] == "http" and scope["method"] not in _SAFE_METHODS)


def _is_own_origin(headers: Headers) -> bool:
    origin = headers.get("origin")
    if origin is None:
        return True
    # The scheme is not compared: behind a proxy that ends TLS, this server cannot know it.
    try:
        theirs, ours = urlsplit(origin), urlsplit(f"//{headers.get('host', '')}")
        default_port = _DEFAULT_PORTS.get(theirs.scheme)
        same_port = (theirs.port or default_port) == (ours.port or default_port)
    except ValueError:  # a port that is no number
        return False
    return theirs.hostname is not None and theirs.hostname == ours.hostname and same_port
