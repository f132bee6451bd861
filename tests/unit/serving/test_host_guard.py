"""Requests under a foreign name are refused, and nothing behind the guard hears of them."""

import pytest
from starlette.types import ASGIApp, Scope

from ops_dashboard.access.hosts import Hosts
from ops_dashboard.serving.host_guard import HostGuard
from ops_dashboard.settings import Settings
from tests.unit.serving.guarded import sent


def guard(app: ASGIApp) -> ASGIApp:
    return HostGuard(app, Hosts(Settings()))


def scope(kind: str, *hosts: str) -> Scope:
    return {"type": kind, "headers": [(b"host", host.encode()) for host in hosts], "method": "GET"}


@pytest.mark.parametrize("kind", ["http", "websocket"])
async def test_the_own_name_is_let_in(kind: str) -> None:
    assert await sent(guard, scope(kind, "127.0.0.1:8300")) == [{"type": "let in"}]
    assert await sent(guard, scope(kind)) == [{"type": "let in"}]


async def test_a_foreign_name_gets_nothing_but_the_reason() -> None:
    start, body = await sent(guard, scope("http", "rebound.example:8300"))
    assert start["status"] == 421
    assert b"OPS_ALLOWED_HOSTS" in body["body"]
    assert b"rebound" not in body["body"]


async def test_a_foreign_name_opens_no_websocket() -> None:
    assert [message["type"] for message in await sent(guard, scope("websocket", "rebound.example:8300"))] == [
        "websocket.close"
    ]


async def test_what_is_no_request_is_passed_on() -> None:
    assert await sent(guard, {"type": "lifespan"}) == [{"type": "let in"}]
