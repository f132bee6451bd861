"""A tab without a browser: a raw websocket that follows the page, and calls its handlers."""

import asyncio
import json
import uuid
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, Self

import websockets
from reflex import State

PATIENCE = 30.0
_ROUTER = {"pathname": "/ops", "query": {}, "asPath": "/ops"}
_HYDRATE = "reflex___state____state.hydrate_and_load"
_EVENT = "42/_event,"
_VAR = "_rx_state_"


class RawTab:
    """``async with RawTab(origin) as tab``: greeted like a browser's tab, it has been sent the page once.

    It listens only while it waits for something, and reads what it heard only when asked for a value: so many
    tabs can be had for little. With the ``token`` of another it is that tab, loaded anew.
    """

    def __init__(self, origin: str, cookie: str = "", *, token: str = "", **headers: str) -> None:
        self.token = token or str(uuid.uuid4())
        address = f"{origin.replace('http', 'ws')}/_event/?token={self.token}&EIO=4&transport=websocket"
        sent = {**headers, **({"Cookie": cookie} if cookie else {})}
        self._connection = websockets.connect(address, max_size=None, additional_headers=sent)
        self._unread: list[str] = []
        self._values: dict[str, dict[str, Any]] = {}

    async def __aenter__(self) -> Self:
        """Open it, and wait for the page."""
        await self.connect()
        await self.hydrate()
        await self.hears("beat")
        return self

    async def connect(self) -> Self:
        """Open it, without asking for the page."""
        self._socket = await self._connection
        await self._socket.recv()
        await self._socket.send("40/_event,")
        await self._socket.recv()
        return self

    async def hydrate(self) -> None:
        """Ask for the page."""
        await self.emit(_HYDRATE, {})

    async def close(self) -> None:
        """Close it."""
        await self._socket.close()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        await self.close()

    def value(self, state: type[State], var: str) -> Any:
        """A var as it was sent last; None for one that was not sent."""
        return self.heard().get(state.get_full_name(), {}).get(f"{var}{_VAR}")

    @property
    def messages(self) -> tuple[str, ...]:
        """What was sent since a value was last asked for, as it came."""
        return tuple(self._unread)

    def forget(self) -> None:
        """Forget all that was sent so far."""
        self._unread.clear()
        self._values.clear()

    def heard(self) -> dict[str, dict[str, Any]]:
        """All vars as they were sent last, by state."""
        for message in self._unread:
            _, update = json.loads(message.removeprefix(_EVENT))
            if not isinstance(update, dict):
                continue  # the answer to a ping
            for name, values in (update.get("delta") or {}).items():
                self._values.setdefault(name, {}).update(values)
        self._unread.clear()
        return self._values

    async def call(self, state: type[State], handler: str, **payload: object) -> None:
        """Call a handler; its answer comes as an update."""
        await self.emit(f"{state.get_full_name()}.{handler}", payload)

    async def hears(self, word: str) -> None:
        """Wait for a message that holds a word."""
        async with asyncio.timeout(PATIENCE):
            while word not in await self._message():
                continue

    async def until(self, true: Callable[[], object]) -> None:
        """Take in what comes until something holds."""
        async with asyncio.timeout(PATIENCE):
            while not true():
                await self._message()

    async def drain(self, quiet_seconds: float) -> None:
        """Take in what comes until nothing has come for so long."""
        try:
            while True:
                async with asyncio.timeout(quiet_seconds):
                    await self._message()
        except TimeoutError:
            return

    async def send(self, *message: object) -> None:
        """Send any message, as a client that follows no rules might."""
        await self._socket.send(_EVENT + json.dumps(message))

    async def send_frame(self, frame: str | bytes) -> None:
        """Send what need not even be the protocol."""
        await self._socket.send(frame)

    async def ping(self) -> None:
        """Wait until all that was sent before has been taken in."""
        await self.send("ping")
        await self.hears("pong")

    async def emit(self, name: str, payload: Mapping[str, object]) -> None:
        """Name a handler in full."""
        event = {"name": name, "payload": payload, "token": self.token, "router_data": _ROUTER}
        await self.send("event", event)

    async def _message(self) -> str:
        message = str(await self._socket.recv())
        if message == "2":
            await self._socket.send("3")  # the protocol's ping and pong
        elif message.startswith(_EVENT):
            self._unread.append(message)
        return message
