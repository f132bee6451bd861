"""The layers around Reflex's own server, from the innermost to the outermost."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, cast

from starlette.applications import Starlette
from starlette.routing import BaseRoute
from starlette.types import ASGIApp
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from ops_dashboard.access.door import Door
from ops_dashboard.domain.audit import AuditEntry
from ops_dashboard.serving.access_guard import AccessGuard
from ops_dashboard.serving.host_guard import HostGuard
from ops_dashboard.serving.origin_guard import OriginGuard
from ops_dashboard.serving.page_paths import PagePaths
from ops_dashboard.serving.path_guard import PathGuard
from ops_dashboard.serving.response_headers import ResponseHeaders
from ops_dashboard.serving.user_header import UserHeader

Layer = Starlette | Callable[[ASGIApp], ASGIApp]


def app_layers(routes: Sequence[BaseRoute], pages: Sequence[str]) -> list[Layer]:
    """Make the value for `rx.App(api_transformer=...)`.

    Args:
        routes: routes that win over the frontend's files.
        pages: paths of the frontend's pages, the first being the one that / leads to.
    """
    return [partial(PagePaths, pages=pages), Starlette(routes=list(routes))]


def guarded(
    app: ASGIApp,
    pages: Sequence[str],
    door: Door,
    policy: str,
    now: Callable[[], float],
    audit: Callable[[AuditEntry], None],
) -> ASGIApp:
    """Put the guards around the whole app, so that it answers nothing that they have not seen.

    Args:
        app: what is served.
        pages: paths of the frontend's pages.
        door: knows who makes a request.
        policy: the content security policy.
        now: unix seconds.
        audit: is told of who was refused; returns at once.
    """
    app = AccessGuard(app, door, pages, now, audit)
    app = OriginGuard(app)
    app = HostGuard(app, door.hosts)
    app = PathGuard(app)
    app = ResponseHeaders(app, policy)
    # What a proxy says of the client and of TLS, and before that of the user, if it is trusted.
    app = _told_by_proxies(app, door.proxies)
    return UserHeader(app, door.user_header, door.proxies)


def _told_by_proxies(app: ASGIApp, proxies: Sequence[str]) -> ASGIApp:
    """The client's address and scheme as trusted proxies tell them; the library's types are its own."""
    return cast(ASGIApp, ProxyHeadersMiddleware(cast(Any, app), trusted_hosts=list(proxies)))
