"""An HTTP protocol for uvicorn whose applications may break the connection they are called on."""

import asyncio
import socket
import struct
from dataclasses import dataclass
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

_EXTENSION = "ops_dashboard.demo.breaker"


@dataclass(frozen=True, slots=True)
class Breaker:
    """The power to end the connection of the request at hand."""

    transport: asyncio.Transport

    def reset(self) -> None:
        """Drop everything unsent and send TCP RST."""
        sock = self.transport.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.transport.abort()

    def close(self) -> None:
        """Send what is buffered, then close."""
        self.transport.close()


def breaker(scope: Scope) -> Breaker | None:
    """The breaker of this request; None in-process and under servers without :class:`BreakableProtocol`."""
    return scope.get("extensions", {}).get(_EXTENSION)


class BreakableProtocol(H11Protocol):
    """HTTP/1.1 as uvicorn speaks it, with a :class:`Breaker` among the extensions of each request."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        served: ASGIApp = self.app  # type: ignore[assignment]  # uvicorn types it by its own aliases

        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            extensions = {**scope.get("extensions", {}), _EXTENSION: Breaker(self.transport)}
            await served({**scope, "extensions": extensions}, receive, send)

        self.app = app  # type: ignore[assignment]
