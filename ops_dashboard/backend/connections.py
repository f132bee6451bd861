"""The connections to the backend: how far a request came, one more try on a fresh one, and one kind of error."""

import ssl
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import contextmanager

import httpx

_POOL = httpx.Limits(max_connections=4, max_keepalive_connections=4, keepalive_expiry=3.0)
"""Idle connections go before the 5 s after which uvicorn closes them, so that few calls meet a closing one."""
_FRESH = httpx.Limits(max_connections=4, max_keepalive_connections=0)
_TRACE = "trace"


class Progress:
    """How far one request came, told step by step by httpcore as its ``trace``."""

    def __init__(self) -> None:
        self._connecting = self._sending = False
        self.handshaking = False
        """True from the beginning of the TLS handshake until that has come to a good end."""

    async def __call__(self, step: str, _: Mapping[str, object]) -> None:
        """Take in one step. Its details are not looked at: they hold the headers, and so the token."""
        match step:
            case "connection.connect_tcp.started":
                self._connecting = True
            case "connection.start_tls.started":
                self.handshaking = True
            case "connection.start_tls.complete":
                self.handshaking = False
            case "http11.send_request_headers.started":
                self._sending = True

    @property
    def reused(self) -> bool:
        """True when the request was sent on a connection that had been used before."""
        return self._sending and not self._connecting

    @classmethod
    def of(cls, request: httpx.Request) -> "Progress":
        """The progress of a request, which is followed from the first time that it is asked for."""
        return request.extensions.setdefault(_TRACE, cls())


class Connections(httpx.AsyncBaseTransport):
    """A pool of connections, or ``transport`` in its place.

    A server may close a connection in the moment in which it is used again. So a GET whose reused connection
    ends before an answer begins is sent once more, on a fresh one. Everything else is sent once.
    Whatever a connection raises is raised as an :class:`httpx.TransportError`: httpx lets some errors of TLS
    and of the operating system pass as they are.
    """

    def __init__(self, *, tls: bool, transport: httpx.AsyncBaseTransport | None = None) -> None:
        if transport is None:
            trusted = (
                _trusted() if tls else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            )  # the latter trusts nobody
            self._pool, self._fresh = (
                httpx.AsyncHTTPTransport(verify=trusted, trust_env=False, limits=limits)
                for limits in (_POOL, _FRESH)
            )
        else:
            self._pool = self._fresh = transport

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request; see the class."""
        progress = Progress.of(request)
        try:
            return await _send(self._pool, request)
        except (httpx.ReadError, httpx.WriteError, httpx.CloseError, httpx.RemoteProtocolError):
            if request.method != "GET" or not progress.reused:
                raise
        return await _send(self._fresh, request)

    async def aclose(self) -> None:
        """Close all connections."""
        await self._pool.aclose()
        await self._fresh.aclose()


class _Body(httpx.AsyncByteStream):
    def __init__(self, stream: httpx.AsyncByteStream) -> None:
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with _transport_errors():
            async for chunk in self._stream:
                yield chunk

    async def aclose(self) -> None:
        with _transport_errors():
            await self._stream.aclose()


async def _send(transport: httpx.AsyncBaseTransport, request: httpx.Request) -> httpx.Response:
    with _transport_errors():
        response = await transport.handle_async_request(request)
    if isinstance(response.stream, httpx.AsyncByteStream):
        response.stream = _Body(response.stream)
    return response


@contextmanager
def _transport_errors() -> Iterator[None]:
    try:
        yield
    except httpx.TransportError:
        raise
    except ssl.SSLError as error:
        raise httpx.NetworkError("TLS") from error
    except OSError as error:
        raise httpx.ReadError("the operating system") from error
    except Exception as error:
        raise httpx.NetworkError(type(error).__name__) from error


def _trusted() -> ssl.SSLContext:
    """The public authorities and the machine's own, for backends with a certificate of the house."""
    context = httpx.create_ssl_context(trust_env=False)
    context.load_default_certs()
    return context
