"""Opens the port, or says in one sentence why it cannot be opened."""

import os
import socket

from ops_dashboard.serving.errors import BindError


def bind(host: str, port: int) -> socket.socket:
    """Listen on an address.

    Raises:
        BindError: the port is taken or not allowed, or the host is not an address of this machine.
    """
    if not 0 <= port <= 65535:
        raise BindError(f"Cannot listen on port {port}: it must be a whole number from 0 to 65535.")
    try:
        family, *_ = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        listening = socket.create_server((host, port), family=family, backlog=2048)
        # Connections inherit it. asyncio would set it, but only on sockets made with the protocol named: an
        # answer in two writes then waits for the client's delayed acknowledgement, some 40 ms.
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return listening
    except OSError as error:
        # For an address in use Python's own text repeats the address.
        resolved = not isinstance(error, socket.gaierror)
        reason = os.strerror(error.errno or 0) if resolved else error.strerror
        raise BindError(
            f"Cannot listen on {host}, port {port}: {reason}. Choose another (OPS_HOST, OPS_PORT)."
        ) from error
