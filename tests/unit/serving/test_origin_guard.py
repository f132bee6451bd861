"""Foreign origins: refused where they could act, not where browsers keep them from reading."""

import pytest
from starlette.types import Scope

from ops_dashboard.serving.origin_guard import OriginGuard
from tests.unit.serving.guarded import sent


def scope(kind: str, origin: str | None, host: str, method: str = "") -> Scope:
    headers = [(b"host", host.encode())] + ([] if origin is None else [(b"origin", origin.encode())])
    return {"type": kind, "headers": headers, "method": method}


LET_IN = [{"type": "let in"}]
OWN = [
    ("http://ops.example:8300", "ops.example:8300"),
    ("https://ops.example", "ops.example"),
    ("https://ops.example", "ops.example:443"),
    ("http://ops.example", "ops.example:80"),
    ("http://OPS.example:8300", "ops.Example:8300"),
    ("https://ops.example:8443", "ops.example:8443"),
    ("http://[::1]:8300", "[::1]:8300"),
]
FOREIGN = [
    ("http://evil.example", "ops.example:8300"),
    ("http://ops.example:8301", "ops.example:8300"),
    ("http://ops.example", "ops.example:8300"),
    ("https://ops.example.evil.example", "ops.example"),
    ("http://ops.example:8300@evil.example", "ops.example:8300"),
    ("null", "ops.example"),
    ("", "ops.example"),
    ("http://ops.example:port", "ops.example"),
    ("https://ops.example", ""),
]


@pytest.mark.parametrize(("origin", "host"), OWN)
async def test_the_own_origin_is_let_in(origin: str, host: str) -> None:
    assert await sent(OriginGuard, scope("websocket", origin, host)) == LET_IN
    assert await sent(OriginGuard, scope("http", origin, host, "POST")) == LET_IN


@pytest.mark.parametrize(("origin", "host"), FOREIGN)
async def test_a_foreign_origin_opens_no_websocket(origin: str, host: str) -> None:
    assert [message["type"] for message in await sent(OriginGuard, scope("websocket", origin, host))] == [
        "websocket.close"
    ]


@pytest.mark.parametrize(("origin", "host"), FOREIGN)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
async def test_a_foreign_origin_writes_nothing(method: str, origin: str, host: str) -> None:
    messages = await sent(OriginGuard, scope("http", origin, host, method))
    assert messages[0]["status"] == 403


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
async def test_reading_is_left_to_the_browser(method: str) -> None:
    assert await sent(OriginGuard, scope("http", "http://evil.example", "ops.example", method)) == LET_IN


async def test_a_request_of_no_page_is_let_in() -> None:
    assert await sent(OriginGuard, scope("http", None, "ops.example", "POST")) == LET_IN
    assert await sent(OriginGuard, scope("websocket", None, "ops.example")) == LET_IN
