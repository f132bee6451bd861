"""Requests under a foreign name are refused, and nothing behind the guard hears of them."""

import pytest
from starlette.types import Message, Receive, Scope, Send

from ops_dashboard.access.hosts import Hosts
from ops_dashboard.serving.host_guard import HostGuard
from ops_dashboard.settings import Settings


async def sent(scope: Scope) -> list[Message]:
    """What a guarded app answers; the app itself only says "let in"."""
    messages: list[Message] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "let in"})

    async def receive() -> Message:
        raise AssertionError("a refusal reads nothing")

    async def send(message: Message) -> None:
        messages.append(message)

    await HostGuard(app, Hosts(Settings()))(scope, receive, send)
    return messages


def scope(kind: str, *hosts: str) -> Scope:
    return {"type": kind, "headers": [(b"host", host.encode()) for host in hosts], "method": "GET"}


@pytest.mark.parametrize("kind", ["http", "websocket"])
async def test_the_own_name_is_let_in(kind: str) -> None:
    assert await sent(scope(kind, "127.0.0.1:8300")) == [{"type": "let in"}]
    assert await sent(scope(kind)) == [{"type": "let in"}]


async def test_a_foreign_name_gets_nothing_but_the_reason() -> None:
    start, body = await sent(scope("http", "rebound.example:8300"))
    assert start["status"] == 421
    assert b"OPS_ALLOWED_HOSTS" in body["body"]
    assert b"rebound" not in body["body"]


async def test_a_foreign_name_opens_no_websocket() -> None:
    assert [message["type"] for message in await sent(scope("websocket", "rebound.example:8300"))] == [
        "websocket.close"
    ]


async def test_what_is_no_request_is_passed_on() -> None:
    assert await sent({"type": "lifespan"}) == [{"type": "let in"}]
