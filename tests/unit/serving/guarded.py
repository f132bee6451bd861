"""What a layer in front of an app answers, and whether it lets a request through."""

from collections.abc import Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send


async def sent(guard: Callable[[ASGIApp], ASGIApp], scope: Scope) -> list[Message]:
    """What a guarded app answers; the app itself only says "let in"."""
    messages: list[Message] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "let in"})

    async def receive() -> Message:
        raise AssertionError("a refusal reads nothing")

    async def send(message: Message) -> None:
        messages.append(message)

    await guard(app)(scope, receive, send)
    return messages
