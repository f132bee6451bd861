"""One way to write each path: what follows may judge the path as it stands."""

import posixpath
from urllib.parse import unquote

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from ops_dashboard.serving.refusal import refuse

_TOLD = "This is no address of the dashboard.\n"


class PathGuard:
    """ASGI layer that refuses, with 400, each path that leads to the place of another one.

    Files are found by the normalised path, so a guard that judged another form could be led around.

    Args:
        app: the next layer.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] in ("http", "websocket") and not is_normal(scope["path"]):
            await refuse(PlainTextResponse(_TOLD, status_code=400), scope, receive, send)
        else:
            await self._app(scope, receive, send)


def is_normal(path: str) -> bool:
    """Whether a path, decoded once, stays the same however it is normalised."""
    if not path.startswith("/") or not path.isprintable() or "\\" in path or unquote(path) != path:
        return False
    # A slash at the end is kept: it names the page as the server of the files does.
    return posixpath.normpath(path) == (path.removesuffix("/") or "/") and not path.startswith("//")
