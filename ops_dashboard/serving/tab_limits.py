"""What the connection of a tab may cost: how many there are, and how much each sends."""

import logging
import time
from collections.abc import Callable
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ops_dashboard.access.networks import network_of
from ops_dashboard.domain.access import Role, may
from ops_dashboard.domain.rate_limit import Pace, RateLimit
from ops_dashboard.serving.access_guard import ROLE, client_of
from ops_dashboard.serving.json_answer import refused
from ops_dashboard.serving.refusal import refuse

MESSAGES = RateLimit(1_000, 10.0)
"""Of one connection, of any kind; a page sends a few."""
MOST_BYTES = 8 << 20
"""Of one connection in any ten seconds."""
NEW_TABS = RateLimit(500, 900.0)
"""Of the viewers of one network; the state of a tab that has gone is kept for so long."""
NEW_TABS_OF_ALL = RateLimit(1_000, 900.0)
"""Of all viewers together."""
_MOST_NETWORKS = 1_000
_TOO_MANY = "This dashboard has as many open tabs as it can serve. Try again later."
_POLICY_VIOLATION = 1008

_log = logging.getLogger(__name__)


class TabLimits:
    """Counts the websockets behind the guards.

    Args:
        most: connections that are open at once.
        clock: seconds that never go back.
    """

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._clock = clock
        self._open = 0
        self._begun: dict[str, Pace] = {}
        self._begun_by_all = Pace(NEW_TABS_OF_ALL)
        self.closed = 0
        """Connections that were closed since the start as they sent too much."""

    def around(self, app: ASGIApp) -> ASGIApp:
        """Make the layer in front of an app."""

        async def limited(scope: Scope, receive: Receive, send: Send) -> None:
            await self._pass_on(app, scope, receive, send)

        return limited

    async def _pass_on(self, app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            await app(scope, receive, send)
        elif self._open >= self._most or self._is_one_too_many(client_of(scope), scope.get(ROLE)):
            _log.warning("tab refused, as there are too many", extra={"client": client_of(scope)})
            await refuse(refused(_TOO_MANY, 503), scope, receive, send)
        else:
            self._open += 1
            try:
                await app(scope, self._counted(receive, send), send)
            finally:
                self._open -= 1

    def _is_one_too_many(self, client: str, role: Role | None) -> bool:
        if may(role, "operator"):
            return False
        network = network_of(client)
        if network not in self._begun and len(self._begun) >= _MOST_NETWORKS:
            del self._begun[next(iter(self._begun))]
        now, pace = self._clock(), self._begun.setdefault(network, Pace(NEW_TABS))
        # Counted with all only where it is not one too many of its network.
        return bool(pace.take(now) or self._begun_by_all.take(now))

    def _counted(self, receive: Receive, send: Send) -> Receive:
        pace, began, sent = Pace(MESSAGES), self._clock(), 0

        async def counted() -> Message:
            nonlocal began, sent
            message = await receive()
            if message["type"] != "websocket.receive":
                return message
            now = self._clock()
            if now - began >= MESSAGES.seconds:
                began, sent = now, 0
            sent += _size(message)
            if not pace.take(now) and sent <= MOST_BYTES:
                return message
            self.closed += 1
            _log.warning("tab closed, as it sent too much")
            await send({"type": "websocket.close", "code": _POLICY_VIOLATION})
            return {"type": "websocket.disconnect", "code": _POLICY_VIOLATION}

        return counted


def _size(message: Any) -> int:
    return len(message.get("bytes") or message.get("text") or "")
