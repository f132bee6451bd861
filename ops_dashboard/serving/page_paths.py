"""Answers the addresses people type: / leads to the dashboard, and /ops is served without a redirect."""

from collections.abc import Iterable

from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send


class PagePaths:
    """ASGI layer in front of the static files.

    The build holds a page as `ops/index.html`; the static files would answer /ops with a redirect to an
    absolute http address, which is wrong behind TLS and costs a round trip.

    Args:
        app: the next layer.
        pages: paths of the pages, as "/ops"; / redirects to the first, relative to itself so that
            it holds below any path prefix of a proxy.
    """

    def __init__(self, app: ASGIApp, pages: Iterable[str]) -> None:
        self._app = app
        self._pages = tuple(pages)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Redirect, complete the path, or pass the request on as it is."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif scope["path"] == "/":
            query = scope["query_string"].decode("latin-1")
            target = self._pages[0].removeprefix("/") + (f"?{query}" if query else "")
            await RedirectResponse(target, status_code=307)(scope, receive, send)
        elif scope["path"] in self._pages:
            await self._app({**scope, "path": scope["path"] + "/"}, receive, send)
        else:
            await self._app(scope, receive, send)
