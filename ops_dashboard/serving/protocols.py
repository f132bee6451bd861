"""The server's ends of connections: unfinished requests are bounded, and every answer has its headers."""

import asyncio
from collections import OrderedDict
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Response

from ops_dashboard.serving.response_headers import SECURITY

UNFINISHED_SECONDS = 10.0
"""So long a connection may take to send a whole request."""
_SILENT_POLICY = "default-src 'none'; frame-ancestors 'none'"
_OWN = {**SECURITY, "Content-Security-Policy": _SILENT_POLICY, "Cache-Control": "no-store"}
_OWES = (h11.IDLE, h11.SEND_BODY)


class Connections:
    """All connections of a server by what they may do.

    Args:
        most: open at once.
        most_unfinished: of these that have not sent a whole request; with more, the oldest is closed.
    """

    def __init__(self, most: int, most_unfinished: int) -> None:
        self.most = most
        self._most_unfinished = most_unfinished
        self._unfinished: OrderedDict[HttpConnection, None] = OrderedDict()

    def owe(self, connection: "HttpConnection") -> None:
        """A connection waits for a request, or for the rest of one."""
        self._unfinished[connection] = None
        if len(self._unfinished) > self._most_unfinished:
            next(iter(self._unfinished)).give_up()

    def settle(self, connection: "HttpConnection") -> None:
        """A connection has sent its request, or has ended."""
        self._unfinished.pop(connection, None)


class HttpConnection(H11Protocol):
    """One connection that begins as HTTP.

    Args:
        known: all connections of the server.
        given: what the server gives to each.
    """

    def __init__(self, known: Connections, **given: Any) -> None:
        super().__init__(**given)
        self._known = known
        self._deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:
        """Take in a connection, unless there are too many."""
        super().connection_made(transport)
        if len(self.connections) > self._known.most:
            transport.abort()
        else:
            self._judge()

    def data_received(self, data: bytes) -> None:
        """Take in a part of a request."""
        super().data_received(data)
        self._judge()

    def on_response_complete(self) -> None:
        """An answer is sent: the next request is awaited."""
        super().on_response_complete()
        self._judge()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._settle()
        super().connection_lost(exc)

    def give_up(self) -> None:
        """Close a connection that owes a request."""
        self._settle()
        self.transport.abort()

    def send_400_response(self, msg: str) -> None:
        """Answer what is no HTTP."""
        headers = [("Content-Type", "text/plain; charset=utf-8"), ("Connection", "close"), *_OWN.items()]
        for event in (
            h11.Response(status_code=400, headers=headers),
            h11.Data(data=msg.encode()),
            h11.EndOfMessage(),
        ):
            self.transport.write(self.conn.send(event) or b"")
        self.transport.close()

    def _judge(self) -> None:
        if self.transport.is_closing() or self.transport.get_protocol() is not self:
            self._settle()  # ended, or a websocket from now on
        elif self.conn.their_state not in _OWES:
            self._settle()
        elif self._deadline is None:
            self._deadline = self.loop.call_later(UNFINISHED_SECONDS, self.give_up)
            self._known.owe(self)

    def _settle(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None
        self._known.settle(self)


class WebsocketConnection(WebSocketsSansIOProtocol):
    """One connection that has become a websocket, or asked for it."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        pass_on = self.conn.send_response

        def send_response(response: Response) -> None:
            if response.status_code != 101:
                for name, value in _OWN.items():
                    if name not in response.headers:
                        response.headers[name] = value
            pass_on(response)

        self.conn.send_response = send_response

    def data_received(self, data: bytes) -> None:
        """Take in the handshake, or messages. A handshake that cannot be read is answered and ended."""
        super().data_received(data)
        if not self.handshake_initiated:
            head = "".join(f"{name}: {value}\r\n" for name, value in {**_OWN, "Connection": "close"}.items())
            self.transport.write(f"HTTP/1.1 400 Bad Request\r\n{head}Content-Length: 0\r\n\r\n".encode())
            self.transport.close()
