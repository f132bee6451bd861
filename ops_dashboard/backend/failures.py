"""From a failure of the connection to the error that says so in plain words."""

import ipaddress
import socket
import ssl
from collections.abc import Iterator

import httpx

from ops_dashboard.backend.base_url import endpoint
from ops_dashboard.backend.detail import tidy
from ops_dashboard.backend.errors import BackendError, TimedOut, Unreachable

_UNTRUSTED = {
    9: "is not valid yet; is the clock of one of the two wrong?",
    10: "has expired",
    18: "it signed itself, which is not to be trusted",
    19: "comes from an authority that is not to be trusted",
    20: "comes from an authority that is not to be trusted",
    62: "was made for another name",
    64: "was made for another address",
}
"""What OpenSSL's numbers for a certificate that was not accepted mean, after "a TLS certificate at … that"."""


def too_late(timeout: float, status: int | None) -> TimedOut:
    """No whole answer within ``timeout`` seconds; ``status`` is known when an answer had begun."""
    if status is None:
        words = f"accepted the connection, but gave no answer within {timeout:g} s"
    else:
        words = f"began to answer (HTTP {status}), but did not finish within {timeout:g} s"
    return TimedOut(words, status=status, outcome_unknown=True)


def connection_failure(
    error: httpx.TransportError,
    *,
    base: httpx.URL,
    timeouts: httpx.Timeout,
    status: int | None,
    handshaking: bool = False,
) -> BackendError:
    """The error for what httpx raised; ``status`` is known when an answer had begun, timeouts in seconds.

    ``handshaking`` is True when the TLS handshake had begun and had not come to its end.
    """
    match error:
        case httpx.ConnectTimeout() if handshaking:
            return no_handshake(base, timeouts.connect or 0.0)
        case httpx.ConnectTimeout():
            or_name = "" if _is_address(base.host) else ", or its name could not be looked up in that time"
            return Unreachable(
                f"did not accept a connection at {endpoint(base)} within {timeouts.connect:g} s{or_name}"
            )
        case httpx.PoolTimeout():
            return TimedOut(
                f"has not answered earlier calls: no connection was free within {timeouts.pool:g} s"
            )
        case httpx.TimeoutException():
            return too_late(timeouts.read or 0.0, status)
        case httpx.ConnectError():
            return Unreachable(_no_connection(error, base, handshaking))
        case httpx.RemoteProtocolError():
            words = "closed the connection before answering, or does not speak HTTP"
        case httpx.NetworkError():
            words = f"{broken_off(error)} before answering"
        case _:
            words = "could not be asked: the exchange failed on the way"
    return Unreachable(words, outcome_unknown=True)


def no_handshake(base: httpx.URL, seconds: float) -> Unreachable:
    """The server accepted the connection and kept silent when TLS was to begin."""
    words = f"accepted the connection at {endpoint(base)}, but did not answer the TLS handshake"
    return Unreachable(f"{words} within {seconds:g} s")


def broken_off(error: httpx.TransportError) -> str:
    """How a connection ended that had stood: a predicate to which the moment is to be added."""
    if any(isinstance(cause, ssl.SSLError) for cause in _causes(error)):
        return "sent TLS data that is damaged"
    return "broke the connection off"


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _no_connection(error: httpx.ConnectError, base: httpx.URL, handshaking: bool) -> str:
    causes = tuple(_causes(error))
    for cause in causes:
        match cause:
            case ssl.SSLCertVerificationError():
                known = _UNTRUSTED.get(cause.verify_code)
                reason = known or f"is not to be trusted: {tidy(cause.verify_message)}"
                return f"has a TLS certificate at {endpoint(base)} that {reason}"
            case ssl.SSLError(reason="WRONG_VERSION_NUMBER"):
                return f"does not speak TLS at {endpoint(base)} as an https:// address should"
            case ssl.SSLEOFError() | ssl.SSLError(reason="UNEXPECTED_EOF_WHILE_READING"):
                break
            case ssl.SSLError():
                reason = tidy((cause.reason or "no reason given").replace("_", " ").lower())
                return f"could not agree with this dashboard on TLS at {endpoint(base)}: {reason}"
            case socket.gaierror():
                return f"cannot be found: the host name {base.host} could not be looked up"
            case ConnectionRefusedError():
                return f"refused the connection at {endpoint(base)}; nothing listens there"
            case ConnectionResetError():
                return f"broke the connection off at {endpoint(base)} before it was ready"
            case UnicodeError():
                return f"cannot be found: {base.host} is not a host name"
    if handshaking:
        return f"closed the connection at {endpoint(base)} during the TLS handshake"
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
