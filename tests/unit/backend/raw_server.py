"""A server of raw bytes on a free port of the loopback, for answers that no framework would send."""

import asyncio
import socket
import ssl
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

Script = Callable[[asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def raw_server(
    script: Script,
    *,
    asked: bytes = b"\r\n\r\n",
    tls: ssl.SSLContext | None = None,
    at: socket.socket | None = None,
) -> AsyncIterator[str]:
    """Yield host and port of a server that runs ``script`` once it has received the bytes ``asked``.

    It listens at the bound socket ``at``, which stays open, or at a port of its own.

    Scripts that have not come to an end are cancelled with the server.
    """
    tasks: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await reader.readuntil(asked)
            await script(writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass  # the client has gone, as it may
        finally:
            writer.close()

    def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(serve(reader, writer))
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    listener = at.dup() if at else socket.create_server(("127.0.0.1", 0))
    server = await asyncio.start_server(connected, sock=listener, ssl=tls)
    try:
        yield f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        for task in tuple(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def says(*parts: bytes) -> Script:
    """A script that sends these bytes and closes the connection."""

    async def script(writer: asyncio.StreamWriter) -> None:
        for part in parts:
            writer.write(part)
        await writer.drain()

    return script


def reset(writer: asyncio.StreamWriter) -> None:
    """Break the connection off with a TCP reset."""
    connection: socket.socket = writer.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


def head(*lines: str, status: str = "200 OK") -> bytes:
    """The head of an answer in JSON, with further header lines."""
    return "\r\n".join([f"HTTP/1.1 {status}", "Content-Type: application/json", *lines, "", ""]).encode()
