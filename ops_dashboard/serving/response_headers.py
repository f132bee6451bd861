"""Caching and security headers for everything that is served."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SECURITY = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
}
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
        self._security = {**_SECURITY, "Content-Security-Policy": policy}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and complete the headers of its response."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_completed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(self._security)
                if scope["scheme"] == "https":
                    headers["Strict-Transport-Security"] = _ONLY_TLS
                headers.setdefault("Cache-Control", _cache_control(scope["path"], message["status"]))
            await send(message)

        await self._app(scope, receive, send_completed)


def _cache_control(path: str, status: int) -> str:
    # An asset that is missing today may be there after a deployment, so errors are never kept.
    return _IMMUTABLE if path.startswith("/assets/") and status in (200, 206, 304) else _REVALIDATE
