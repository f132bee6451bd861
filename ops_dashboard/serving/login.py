"""Logging in with a token, and out again."""

import logging
import math
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from ops_dashboard.access.door import Door, Visitor
from ops_dashboard.access.sessions import LONGEST_SECONDS
from ops_dashboard.domain.audit import AuditEntry, is_persons_name
from ops_dashboard.domain.audit_entries import logged_in, logged_out, login_refused
from ops_dashboard.domain.text import person_name
from ops_dashboard.serving.access_guard import client_of
from ops_dashboard.serving.json_answer import NO_STORE
from ops_dashboard.serving.login_page import LoginPage, login_html, login_style

REFUSED = "This token is not accepted."
NO_PERSON = "This name stands for something else here. Give your own, or none."
UNSEEN = (
    "The token is right, but the browser did not send back the cookie of the session. Allow cookies for this address,"
    " and delete old ones of this host if there are very many."
)
_JUST_NOW = "just"
"""Parameter of the address to which a login leads, where it is seen whether the cookie came back."""
_LARGEST_FORM_BYTES = 16_384
_MOST_FIELDS = 10

_log = logging.getLogger(__name__)


def login_routes(
    door: Door,
    tokens_css: Path,
    pages: Sequence[str],
    now: Callable[[], float],
    audit: Callable[[AuditEntry], None],
) -> list[Route]:
    """Make the routes /login and /logout.

    Args:
        door: knows the tokens and the sessions.
        tokens_css: the style sheet of the design tokens; read when the page is asked for first.
        pages: paths one can be led to after the login; the first where another one is asked for.
        now: unix seconds.
        audit: is told of each login, also of one that was refused, and of each log out; returns at once.
    """

    @cache
    def style() -> str:
        return login_style(tokens_css.read_text(encoding="utf-8"))

    def shown(page: LoginPage, status: int = 200, **headers: str) -> Response:
        return HTMLResponse(login_html(page, style()), status, {**NO_STORE, **headers})

    async def form(request: Request) -> Response:
        visitor = door.visitor(request.headers)
        next = led_to(request.query_params.get("next", ""), pages)
        just_now = _JUST_NOW in request.query_params
        if just_now and visitor.logged_in:
            return RedirectResponse(next.removeprefix("/"), 303, NO_STORE)
        problem = UNSEEN if just_now else ""
        return shown(LoginPage(next, problem, known_as=_said(visitor), possible=bool(door.tokens.roles)))

    async def log_in(request: Request) -> Response:
        given = await _fields(request)
        next, name = led_to(given.get("next", ""), pages), person_name(given.get("name", ""))
        page = LoginPage(next, REFUSED, name, possible=bool(door.tokens.roles))
        client = client_of(request.scope)
        # Pasting often adds a blank or a line break.
        role = door.tokens.role_of(given.get("token", "").strip())
        if role is None:
            if wait := math.ceil(door.throttle.wait(client)):
                told = f"Too many tokens were not accepted. Try again in {wait} s."
                return shown(LoginPage(next, told, name), 429, **{"Retry-After": str(wait)})
            door.throttle.failed(client)
            audit(login_refused(now(), client))
            _log.warning("login refused", extra={"client": client})
            return shown(page, 401)
        if not is_persons_name(name):
            return shown(LoginPage(next, NO_PERSON, possible=True), 400)
        door.throttle.succeeded(client)
        door.sessions.end(door.session_id(request.headers))
        id = door.sessions.begin(role, name, client)
        audit(logged_in(now(), name, role, client))
        _log.info("logged in", extra={"client": client, "role": role, "name_given": name})
        answer = RedirectResponse(f"login?{_JUST_NOW}=now&next={quote(next)}", 303, NO_STORE)
        answer.set_cookie(door.cookie, id, int(LONGEST_SECONDS), secure=_is_tls(request), **_COOKIE)
        return answer

    async def log_out(request: Request) -> Response:
        ended = door.sessions.end(door.session_id(request.headers))
        if ended is not None:
            audit(logged_out(now(), ended.name, ended.role, client_of(request.scope)))
        answer = RedirectResponse("login", 303, NO_STORE)
        answer.delete_cookie(door.cookie, secure=_is_tls(request), **_COOKIE)
        return answer

    return [
        Route("/login", form, methods=["GET"]),
        Route("/login", log_in, methods=["POST"]),
        Route("/logout", log_out, methods=["POST"]),
    ]


_COOKIE = {"path": "/", "httponly": True, "samesite": "strict"}


def led_to(asked: str, pages: Sequence[str]) -> str:
    """Where to go after the login: to one of ``pages``, with the query asked for, and to nowhere else."""
    try:
        parts = urlsplit(asked)
    except ValueError:
        return pages[0]
    if parts.scheme or parts.netloc or parts.path not in pages:
        return pages[0]
    return parts.path + (f"?{parts.query}" if parts.query else "")


async def _fields(request: Request) -> dict[str, str]:
    """What the form holds; nothing of one that is too large or malformed."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LARGEST_FORM_BYTES:
            return {}
    try:
        return dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=_MOST_FIELDS))
    except ValueError:
        return {}


def _said(visitor: Visitor) -> str:
    if visitor.role is None or not (visitor.logged_in or visitor.name):
        return ""
    return f"{visitor.name}, {visitor.role}" if visitor.name else f"logged in as {visitor.role}"


def _is_tls(request: Request) -> bool:
    return request.url.scheme == "https"
