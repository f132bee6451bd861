"""Caching and security headers for everything that is served."""

from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SECURITY = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
}
"""Headers of every answer."""
_STARTS = ("http.response.start", "websocket.http.response.start")
_ONLY_TLS = "max-age=31536000"
# The build puts a hash of the content into the name of every file below /assets/.
_IMMUTABLE = "public, max-age=31536000, immutable"
# Everything else may change with the next build: keep it, but ask before using it.
_REVALIDATE = "no-cache"


class ResponseHeaders:
    """ASGI layer that adds the security headers, and Cache-Control where a route set none.

    Args:
        app: the next layer.
        policy: the content security policy.
    """

    def __init__(self, app: ASGIApp, policy: str) -> None:
        self._app = app
        self._security = {**SECURITY, "Content-Security-Policy": policy}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and complete the headers of its response."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return

        async def send_completed(message: Message) -> None:
            nonlocal begun
            if message["type"] in _STARTS:
                begun = True
                headers = MutableHeaders(scope=message)
                headers.update(self._security)
                if location := headers.get("location"):
                    headers["Location"] = _relative(location, scope["path"])
                if scope["scheme"] in ("https", "wss"):
                    headers["Strict-Transport-Security"] = _ONLY_TLS
                headers.setdefault("Cache-Control", _cache_control(scope["path"], message["status"]))
            await send(message)

        begun = False
        try:
            await self._app(scope, receive, send_completed)
        except Exception:
            # The server's own answer would come without the headers.
            if scope["type"] == "http" and not begun:
                await PlainTextResponse("Internal Server Error", 500)(scope, receive, send_completed)
            raise


def _relative(location: str, path: str) -> str:
    """Where a redirect leads without the host: that of an absolute one is what the client said it is."""
    parts = urlsplit(location)
    if not parts.netloc:
        return location
    # The file server redirects to a folder; relative to itself that holds below any prefix of a proxy.
    target = f"{path.rsplit('/', 1)[-1]}/" if parts.path == f"{path}/" else parts.path
    return target + (f"?{parts.query}" if parts.query else "")


def _cache_control(path: str, status: int) -> str:
    # An asset that is missing today may be there after a deployment, so errors are never kept.
    return _IMMUTABLE if path.startswith("/assets/") and status in (200, 206, 304) else _REVALIDATE
