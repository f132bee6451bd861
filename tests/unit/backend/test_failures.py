"""Failures of the connection that no server on the loopback can bring about."""

import ssl

import httpx
import pytest

from ops_dashboard.backend.client import BackendClient
from ops_dashboard.backend.errors import BackendError, TimedOut, Unreachable
from tests.unit.backend.failing import failure_of

TRUST = "has a TLS certificate at host:8000 that"
BROKEN = "broke the connection off before answering"


class Broken(httpx.AsyncBaseTransport):
    """Fails with one error, and leaves its causes as they are."""

    def __init__(self, failure: Exception) -> None:
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


def untrusted(code: int, message: str = "") -> httpx.ConnectError:
    error = ssl.SSLCertVerificationError(1, "certificate verify failed")
    error.verify_code, error.verify_message = code, message
    return connect_error(error)


@pytest.mark.parametrize(
    ("failure", "kind", "words"),
    [
        (
            connect_error(OSError(101, "Network is unreachable"), ConnectionRefusedError(111, "no")),
            Unreachable,
            "refused the connection at host:8000; nothing listens there",
        ),
        (untrusted(9), Unreachable, f"{TRUST} is not valid yet; is the clock of one of the two wrong?"),
        (untrusted(20), Unreachable, f"{TRUST} comes from an authority that is not to be trusted"),
        (
            untrusted(23, "certificate revoked"),
            Unreachable,
            f"{TRUST} is not to be trusted: certificate revoked",
        ),
        (
            connect_error(OSError(113, "No route to host")),
            Unreachable,
            "cannot be reached at host:8000: No route to host",
        ),
        (
            connect_error(UnicodeError("label too long")),
            Unreachable,
            "cannot be found: host is not a host name",
        ),
        (httpx.ConnectError("failed"), Unreachable, "cannot be reached at host:8000: no route to it"),
        (
            httpx.ConnectTimeout("late"),
            Unreachable,
            "did not accept a connection at host:8000 within 0.5 s, or its name could not be looked up in that time",
        ),
        (httpx.WriteError(""), Unreachable, BROKEN),
        (OSError(5, "Input/output error"), Unreachable, BROKEN),
        (
            ssl.SSLError(1, "[SSL] record layer failure"),
            Unreachable,
            "sent TLS data that is damaged before answering",
        ),
        (KeyError("unforeseen"), Unreachable, BROKEN),
        (httpx.LocalProtocolError("odd"), Unreachable, "could not be asked: the exchange failed on the way"),
        (httpx.WriteTimeout("late"), TimedOut, "accepted the connection, but gave no answer within 1 s"),
        (
            httpx.PoolTimeout("full"),
            TimedOut,
            "has not answered earlier calls: no connection was free within 1 s",
        ),
    ],
)
async def test_failed_connection_is_told_in_plain_words(
    failure: Exception, kind: type[BackendError], words: str
) -> None:
    client = BackendClient("http://host:8000", transport=Broken(failure))
    error = await failure_of(client, timeout=1.0)
    assert (type(error), error.sentence) == (kind, words)
    assert error.latency > 0


async def test_address_needs_no_name_to_be_looked_up() -> None:
    client = BackendClient("http://[::1]:8000", transport=Broken(httpx.ConnectTimeout("late")))
    assert (await failure_of(client)).sentence == "did not accept a connection at [::1]:8000 within 2 s"
