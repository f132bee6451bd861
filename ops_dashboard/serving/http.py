"""The layers around Reflex's own server, from the innermost to the outermost."""

from collections.abc import Callable, Sequence
from functools import partial

from starlette.applications import Starlette
from starlette.routing import BaseRoute
from starlette.types import ASGIApp

from ops_dashboard.serving.origin_guard import OriginGuard
from ops_dashboard.serving.page_paths import PagePaths
from ops_dashboard.serving.response_headers import ResponseHeaders

Layer = Starlette | Callable[[ASGIApp], ASGIApp]


def http_layers(routes: Sequence[BaseRoute], pages: Sequence[str]) -> list[Layer]:
    """Make the value for `rx.App(api_transformer=...)`.

    Args:
        routes: routes that win over the frontend's files.
        pages: paths of the frontend's pages, the first being the one that / leads to.
    """
    return [
        partial(PagePaths, pages=pages),
        Starlette(routes=list(routes)),
        OriginGuard,
        ResponseHeaders,
    ]
