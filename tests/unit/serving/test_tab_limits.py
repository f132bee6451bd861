"""How many tabs there may be, and how much each may send."""

from collections.abc import Iterable
from itertools import chain
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send

from ops_dashboard.domain.access import Role
from ops_dashboard.serving.access_guard import ROLE
from ops_dashboard.serving.tab_limits import MESSAGES, MOST_BYTES, NEW_TABS, NEW_TABS_OF_ALL, TabLimits
from tests.unit.access.clock import Clock


class Tab:
    """An app that takes in what is sent until it is told of the end."""

    def __init__(self) -> None:
        self.heard: list[Message] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        while (message := await receive())["type"] != "websocket.disconnect":
            self.heard.append(message)


async def connect(
    limits: TabLimits, messages: Iterable[Message] = (), role: Role = "viewer", client: str = "192.0.2.1"
) -> tuple[Tab, list[Message]]:
    """What the app hears, and what the client is sent."""
    tab, sent = Tab(), list[Message]()
    waiting = chain(messages, [{"type": "websocket.disconnect"}])

    async def receive() -> Message:
        return next(waiting)

    async def send(message: Message) -> None:
        sent.append(message)

    scope: dict[str, Any] = {"type": "websocket", "client": (client, 1), "headers": [], ROLE: role}
    await limits.around(tab)(scope, receive, send)
    return tab, sent


def frame(content: str | bytes) -> Message:
    return {"type": "websocket.receive", "text" if isinstance(content, str) else "bytes": content}


@pytest.mark.parametrize("content", ["x", b"x", ""])
async def test_too_many_messages_of_any_kind_end_the_tab(content: str | bytes) -> None:
    limits = TabLimits(5, Clock())
    tab, sent = await connect(limits, [frame(content)] * (MESSAGES.most + 1))
    assert len(tab.heard) == MESSAGES.most
    assert sent == [{"type": "websocket.close", "code": 1008}]
    assert limits.closed == 1


@pytest.mark.parametrize("content", ["x" * 100_000, b"x" * 100_000])
async def test_too_many_bytes_end_the_tab(content: str | bytes) -> None:
    tab, sent = await connect(TabLimits(5, Clock()), [frame(content)] * 500)
    assert len(tab.heard) == MOST_BYTES // 100_000
    assert [message["type"] for message in sent] == ["websocket.close"]


async def test_messages_over_a_long_time_are_all_heard() -> None:
    clock = Clock()

    def slowly() -> Iterable[Message]:
        for _ in range(3 * MESSAGES.most):
            clock.wait(0.02)
            yield frame("x" * 1_000)

    tab, sent = await connect(TabLimits(5, clock), slowly())
    assert len(tab.heard) == 3 * MESSAGES.most
    assert sent == []


async def test_viewers_of_one_network_open_so_many_tabs() -> None:
    clock = Clock()
    limits = TabLimits(5, clock)
    refused = [bool((await connect(limits))[1]) for _ in range(NEW_TABS.most + 2)]
    assert refused == [False] * NEW_TABS.most + [True, True]
    assert (await connect(limits, client="192.0.2.2"))[1] == []
    assert (await connect(limits, role="operator"))[1] == []
    clock.wait(NEW_TABS.seconds)
    assert (await connect(limits))[1] == []


async def test_viewers_of_all_networks_open_so_many_tabs() -> None:
    limits = TabLimits(5, Clock())
    sent = [(await connect(limits, client=f"10.0.{n // 250}.{n % 250}"))[1] for n in range(2_000)]
    assert sum(not answer for answer in sent) == NEW_TABS_OF_ALL.most
    assert (await connect(limits, role="operator"))[1] == []
