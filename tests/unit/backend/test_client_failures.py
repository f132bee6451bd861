"""Connections that fail, each with a sentence that says what happened."""

import socket
import ssl

import httpx
import pytest
import respx

from ops_dashboard.backend.client import BackendClient
from ops_dashboard.backend.errors import TimedOut, Unreachable
from tests.unit.backend.failing import failure_of


class Broken(httpx.AsyncBaseTransport):
    """Fails with one error, and leaves its causes as they are."""

    def __init__(self, failure: httpx.TransportError) -> None:
        self._failure = failure

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        raise self._failure


def connect_error(*causes: BaseException) -> httpx.ConnectError:
    """As httpx raises it: the real reason hides behind one or more wrappers."""
    error = httpx.ConnectError("All connection attempts failed")
    wrapper = OSError("All connection attempts failed")
    error.__cause__ = wrapper
    wrapper.__cause__ = causes[0] if len(causes) == 1 else BaseExceptionGroup("attempts", causes)
    return error


def untrusted() -> ssl.SSLCertVerificationError:
    error = ssl.SSLCertVerificationError(1, "certificate verify failed")
    error.verify_message = "certificate has expired"
    return error


@pytest.mark.parametrize(
    ("failure", "words"),
    [
        (
            connect_error(ConnectionRefusedError(111, "Connect call failed")),
            "refused the connection at host:8000; nothing listens there",
        ),
        (
            connect_error(OSError(101, "Network is unreachable"), ConnectionRefusedError(111, "no")),
            "refused the connection at host:8000; nothing listens there",
        ),
        (
            connect_error(socket.gaierror(-2, "Name or service not known")),
            "cannot be found: the host name host could not be looked up",
        ),
        (
            connect_error(untrusted()),
            "has a TLS certificate at host:8000 that is not to be trusted: certificate has expired",
        ),
        (
            connect_error(ssl.SSLError(1, "[SSL: WRONG_VERSION_NUMBER] wrong version number")),
            "does not speak TLS at host:8000 as an https:// address should",
        ),
        (
            connect_error(ConnectionResetError(104, "reset")),
            "broke the connection off at host:8000 before it was ready",
        ),
        (connect_error(OSError(113, "No route to host")), "cannot be reached at host:8000: No route to host"),
        (httpx.ConnectError("failed"), "cannot be reached at host:8000: no route to it"),
        (httpx.ConnectTimeout("late"), "did not accept a connection at host:8000 within 2 s"),
        (httpx.ReadError(""), "broke the connection off before answering"),
        (httpx.WriteError(""), "broke the connection off before answering"),
        (
            httpx.RemoteProtocolError("Server disconnected"),
            "closed the connection before answering, or does not speak HTTP",
        ),
        (httpx.LocalProtocolError("odd"), "could not be asked: the exchange failed on the way"),
    ],
)
async def test_a_failed_connection_is_told_in_plain_words(failure: httpx.TransportError, words: str) -> None:
    error = await failure_of(BackendClient("http://host:8000", transport=Broken(failure)))
    assert isinstance(error, Unreachable)
    assert error.sentence == words
    assert error.latency > 0


@pytest.mark.parametrize(
    ("failure", "words"),
    [
        (httpx.ReadTimeout("late"), "accepted the connection, but gave no answer within 5 s"),
        (httpx.WriteTimeout("late"), "accepted the connection, but gave no answer within 5 s"),
        (httpx.PoolTimeout("full"), "has not answered earlier calls: no connection was free within 5 s"),
    ],
)
async def test_slow_is_not_down(
    failure: httpx.TransportError, words: str, respx_mock: respx.MockRouter
) -> None:
    respx_mock.get("http://host/x").mock(side_effect=failure)
    error = await failure_of(BackendClient("http://host"))
    assert isinstance(error, TimedOut)
    assert error.sentence == words


async def test_a_short_time_leaves_half_of_it_for_the_connection(respx_mock: respx.MockRouter) -> None:
    respx_mock.get("http://host/x").mock(side_effect=httpx.ConnectTimeout("late"))
    error = await failure_of(BackendClient("http://host"), timeout=1.0)
    assert error.sentence == "did not accept a connection at host within 0.5 s"
