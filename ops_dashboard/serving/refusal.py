"""Refuses a request or a websocket's handshake with an answer in place of the app's."""

from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocketClose

_DENIAL = "websocket.http.response"


async def refuse(answer: Response, scope: Scope, receive: Receive, send: Send) -> None:
    """Send the answer; where a server cannot answer a handshake so, close it, which is told as 403."""
    if scope["type"] == "websocket" and _DENIAL not in scope.get("extensions", {}):
        await WebSocketClose(code=1008)(scope, receive, send)
    else:
        await answer(scope, receive, send)
