"""Lets nobody read a page or a route, or change anything, who may not."""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from urllib.parse import parse_qs, quote

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from ops_dashboard.access.door import Door
from ops_dashboard.domain.access import Role, higher, may
from ops_dashboard.domain.audit import AuditEntry
from ops_dashboard.domain.audit_entries import not_allowed, token_refused
from ops_dashboard.serving.json_answer import NO_STORE, refused
from ops_dashboard.serving.refusal import refuse

_OPEN = frozenset({"/healthz", "/login", "/logout", "/favicon.svg", "/tokens.css", "/layout.css"})
_TELL_MORE_TO_VIEWERS = frozenset({"/readyz"})
"""Open to all; what they answer to whom without a role is less."""
_OPEN_BELOW = "/assets/"
_READS = frozenset({"GET", "HEAD", "OPTIONS"})
_FOR_MACHINES = ("/api/", "/metrics")
_FOR_OPERATORS = "/api/audit"
"""What begins so is read by operators alone."""
_TAB = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
ROLE = "ops_dashboard.role"
"""Where the role of who asks stands in the scope behind the guard."""
_BEARER = "bearer "
# A link on another site comes without the cookie; a page of our own that leads to the same address, with it.
_ONCE_MORE = (
    '<!doctype html><html lang="en"><meta http-equiv="refresh" content="0"><title>…</title>'
    '<link rel="icon" href="{up}favicon.svg"></html>'
)


class AccessGuard:
    """ASGI layer in front of everything that is served over HTTP. What is not open needs a role.

    A websocket of who has no role, or without the token of a tab, is refused at its handshake. Each of its events
    passes the gate besides, which can tell the tab that its session has ended.

    Args:
        app: the next layer.
        door: knows who makes a request.
        pages: paths of the pages; who may not see them is led to the login.
        now: unix seconds.
        audit: is told of tokens that were not accepted, and of who wanted what is for operators; returns at once.
    """

    def __init__(
        self,
        app: ASGIApp,
        door: Door,
        pages: Sequence[str],
        now: Callable[[], float],
        audit: Callable[[AuditEntry], None],
    ) -> None:
        self._app = app
        self._door = door
        self._now = now
        self._audit = audit
        self._pages = frozenset({"/", *pages, *(f"{page}/" for page in pages)})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer in its place."""
        is_guarded = scope["type"] in ("http", "websocket") and not _is_open(scope["path"])
        answer = self._answer(scope) if is_guarded else None
        if answer is None:
            await self._app(scope, receive, send)
        else:
            await refuse(answer, scope, receive, send)

    def _answer(self, scope: Scope) -> Response | None:
        """What is answered in place of the app, if anything is; notes the role in the scope."""
        headers, path = Headers(scope=scope), scope["path"]
        client = client_of(scope)
        # What a page reads of itself is no sign that somebody sits in front of it.
        visitor = self._door.visitor(headers, use=not path.startswith(_FOR_MACHINES))
        role = visitor.role
        # Checked first: who has a right token does not wait for the guesses of others.
        role_of_token = self._door.tokens.role_of(token) if (token := _bearer(headers)) else None
        scope[ROLE] = role = higher(role, role_of_token)
        if path in _TELL_MORE_TO_VIEWERS:
            return None
        if token and role_of_token is None:
            if wait := self._door.throttle.wait(client):
                return too_often(wait)
            self._door.throttle.failed(client)
            self._audit(token_refused(self._now(), client))
            return _log_in_first()
        if scope["type"] == "websocket":
            return _refused_tab(visitor.role, scope["query_string"])
        is_open_to_viewers = scope["method"] in _READS and not path.startswith(_FOR_OPERATORS)
        needed: Role = "viewer" if is_open_to_viewers else "operator"
        if may(role, needed):
            return None
        if role is not None:
            target = f"{scope['method']} {path}"
            self._audit(not_allowed(self._now(), visitor.name, role, target, client))
            return refused("This needs the role operator.", 403)
        return self._to_login(scope, headers) if path in self._pages else _log_in_first()

    def _to_login(self, scope: Scope, headers: Headers) -> Response:
        up = "../" * (scope["path"].count("/") - 1)
        if headers.get("sec-fetch-site") == "cross-site":
            return HTMLResponse(_ONCE_MORE.format(up=up), headers=NO_STORE)
        query = scope["query_string"].decode("latin-1")
        asked = scope["path"].rstrip("/") + (f"?{query}" if query else "")
        return RedirectResponse(f"{up}login?next={quote(asked)}" if asked else f"{up}login", 303, NO_STORE)


def _refused_tab(role: Role | None, query: bytes) -> Response | None:
    """Why a websocket is not opened; None where it is. The token of a tab is made by the page."""
    if not may(role, "viewer"):
        return _log_in_first()
    tokens = parse_qs(query.decode("latin-1"), keep_blank_values=True).get("token", [])
    if len(tokens) != 1 or not _TAB.fullmatch(tokens[0]):
        return refused("A websocket is opened by the page alone: the token of a tab is missing.")
    return None


def client_of(scope: Scope) -> str:
    """The address of whom a request comes from, as far as trusted proxies tell."""
    client = HTTPConnection(scope).client
    return client.host if client else ""


def too_often(wait: float) -> Response:
    """Tells a client to wait so many seconds."""
    seconds = math.ceil(wait)
    answer = refused(f"Too many tokens were not accepted. Try again in {seconds} s.", 429)
    answer.headers["Retry-After"] = str(seconds)
    return answer


def _log_in_first() -> Response:
    answer = refused("Log in first, at /login, or send a token as Authorization: Bearer.", 401)
    answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


def _bearer(headers: Mapping[str, str]) -> str:
    given = headers.get("authorization", "")
    return given[len(_BEARER) :].strip() if given.lower().startswith(_BEARER) else ""


def _is_open(path: str) -> bool:
    return path in _OPEN or path.startswith(_OPEN_BELOW)
