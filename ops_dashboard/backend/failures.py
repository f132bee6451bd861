"""From a failure of the connection to the error that says so in plain words."""

import socket
import ssl
from collections.abc import Iterator

import httpx

from ops_dashboard.backend.base_url import endpoint
from ops_dashboard.backend.detail import tidy
from ops_dashboard.backend.errors import BackendError, TimedOut, Unreachable


def too_late(timeout: float, status: int | None) -> TimedOut:
    """No whole answer within ``timeout`` seconds; ``status`` is known when an answer had begun."""
    if status is None:
        words = f"accepted the connection, but gave no answer within {timeout:g} s"
    else:
        words = f"began to answer (HTTP {status}), but did not finish within {timeout:g} s"
    return TimedOut(words, status=status, outcome_unknown=True)


def connection_failure(
    error: httpx.TransportError, *, base: httpx.URL, timeouts: httpx.Timeout, status: int | None
) -> BackendError:
    """The error for what httpx raised; ``status`` is known when an answer had begun, timeouts in seconds."""
    match error:
        case httpx.ConnectTimeout():
            return Unreachable(
                f"did not accept a connection at {endpoint(base)} within {timeouts.connect:g} s"
            )
        case httpx.PoolTimeout():
            return TimedOut(
                f"has not answered earlier calls: no connection was free within {timeouts.pool:g} s"
            )
        case httpx.TimeoutException():
            return too_late(timeouts.read or 0.0, status)
        case httpx.ConnectError():
            return Unreachable(_no_connection(error, base))
        case httpx.RemoteProtocolError():
            words = "closed the connection before answering, or does not speak HTTP"
        case httpx.NetworkError():
            words = "broke the connection off before answering"
        case _:
            words = "could not be asked: the exchange failed on the way"
    return Unreachable(words, outcome_unknown=True)


def _no_connection(error: httpx.ConnectError, base: httpx.URL) -> str:
    causes = tuple(_causes(error))
    for cause in causes:
        match cause:
            case ssl.SSLCertVerificationError():
                reason = tidy(cause.verify_message)
                return f"has a TLS certificate at {endpoint(base)} that is not to be trusted: {reason}"
            case ssl.SSLError():
                return f"does not speak TLS at {endpoint(base)} as an https:// address should"
            case socket.gaierror():
                return f"cannot be found: the host name {base.host} could not be looked up"
            case ConnectionRefusedError():
                return f"refused the connection at {endpoint(base)}; nothing listens there"
            case ConnectionResetError():
                return f"broke the connection off at {endpoint(base)} before it was ready"
    reason = next((c.strerror for c in causes if isinstance(c, OSError) and c.strerror), "no route to it")
    return f"cannot be reached at {endpoint(base)}: {tidy(reason)}"


def _causes(error: BaseException) -> Iterator[BaseException]:
    """``error`` and everything that led to it, the members of groups included."""
    todo, seen = [error], set[int]()
    while todo:
        cause = todo.pop(0)
        if id(cause) in seen:
            continue
        seen.add(id(cause))
        yield cause
        if isinstance(cause, BaseExceptionGroup):
            todo.extend(cause.exceptions)
        todo.extend(c for c in (cause.__cause__, cause.__context__) if c is not None)
