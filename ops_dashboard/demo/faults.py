"""Faults put on single paths, as answers that break in the chosen way."""

import asyncio
from dataclasses import dataclass
from typing import Literal

from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import Receive, Scope, Send

from ops_dashboard.demo.connection import breaker
from ops_dashboard.demo.hostile.answers import HostileAnswer, hostile_answer

FaultKind = Literal["status", "delay", "reset", "truncate", "html", "garbage", HostileAnswer]
EVERY_PATH = "*"

_LOGIN_PAGE = "<!doctype html><title>Sign in</title><h1>Sign in</h1><form><input name=user></form>"
_GARBAGE = b'{"status": \xff\xfe\x00 ok, ]' + bytes(range(128, 160))


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong. ``value`` is an HTTP status (status), seconds (delay) or unused;
    ``retry_after`` adds that header, in seconds, to a status fault."""

    kind: FaultKind
    value: float | None = None
    retry_after: int | None = None

    async def before(self) -> Response | None:
        """Wait, or give the answer that takes the place of the real one; None lets the call go on."""
        match self.kind:
            case "delay":
                await asyncio.sleep(self.value or 0.0)
                return None
            case "status":
                return self._status(int(self.value or 500))
            case "html":
                return HTMLResponse(_LOGIN_PAGE)
            case "garbage":
                return Response(_GARBAGE, media_type="application/json")
            case "reset":
                return BrokenConnection()
            case "truncate":
                return None
        return hostile_answer(self.kind)

    def after(self, answer: Response) -> Response:
        """The real answer, cut short if that is the fault."""
        return CutShort(answer) if self.kind == "truncate" else answer

    def _status(self, status: int) -> Response:
        headers = {}
        if self.retry_after is not None:
            headers["Retry-After"] = str(self.retry_after)
        if 300 <= status < 400:
            headers["Location"] = "/login"
        if status == 401:
            headers["WWW-Authenticate"] = "Bearer"
        if status in (204, 304):
            return Response(status_code=status, headers=headers)
        return JSONResponse({"detail": f"Fault injected: HTTP {status}"}, status, headers)


class BrokenConnection(Response):
    """No answer at all: the connection is reset. Called without a socket it raises ConnectionResetError."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Break the connection this was called on."""
        del send
        connection = breaker(scope)
        if connection is None:
            raise ConnectionResetError("The demo backend reset the connection")
        connection.reset()
        await _gone(receive)


class CutShort(Response):
    """The first half of an answer. Over a socket the connection then ends; else the body is just short."""

    def __init__(self, whole: Response) -> None:
        super().__init__(status_code=whole.status_code)
        self.raw_headers = whole.raw_headers
        self._half = bytes(whole.body)[: len(whole.body) // 2]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the half, and hang up."""
        connection = breaker(scope)
        if connection is None:
            self.headers["content-length"] = str(len(self._half))
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        await send({"type": "http.response.body", "body": self._half, "more_body": connection is not None})
        if connection is not None:
            connection.close()
            await _gone(receive)


async def _gone(receive: Receive) -> None:
    """Return when the server has noticed that the connection is no more."""
    while (await receive())["type"] != "http.disconnect":
        pass
