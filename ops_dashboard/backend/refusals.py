"""From an HTTP status that is no answer to the error that says so in plain words."""

from typing import Literal

import httpx

from ops_dashboard.backend.detail import detail_of, tidy
from ops_dashboard.backend.errors import (
    BackendError,
    BadStatus,
    EdgeOffline,
    NotOffered,
    RateLimited,
    Redirected,
    Unauthorized,
)
from ops_dashboard.backend.http_dates import http_date
from ops_dashboard.backend.retry_after import parse_retry_after

TokenUse = Literal["sent", "withheld", "none"]
"""The token went with the call · there is one, but the call goes without · none is set."""

_WANTS_TOKEN: dict[TokenUse, str] = {
    "sent": "refused the token",
    "withheld": "wants a token for a call that is expected to be public",
    "none": "wants a token; set OPS_BACKEND_TOKEN",
}
_TROUBLE: dict[TokenUse, Literal["", "refused", "missing"]] = {
    "sent": "refused",
    "withheld": "",
    "none": "missing",
}
_GATEWAY = (502, 504)
_EDGE = "x-pharos-edge-status"


def refusal(
    status: int, headers: httpx.Headers, body: object, *, token_use: TokenUse, secret: str, now: float
) -> BackendError:
    """The error for ``status``.

    ``body`` is the decoded body or None, ``secret`` is kept out of the sentence. ``now`` is in unix
    seconds; the moment at which the backend says it answered goes before it, as its clock may be another.
    """
    error = _error(status, headers, body, token_use=token_use, secret=secret, now=now)
    error.detail = detail_of(body, secret)
    if isinstance(error, Unauthorized):
        error.token = _TROUBLE[token_use]
    return error


def _error(
    status: int, headers: httpx.Headers, body: object, *, token_use: TokenUse, secret: str, now: float
) -> BackendError:
    detail = detail_of(body, secret)
    because = f" (HTTP {status}: {detail})" if detail else f" (HTTP {status})"
    answered = http_date(headers.get("date"))
    wishes = headers.get("retry-after") if status in (429, 503) else None
    wait = parse_retry_after(wishes, now if answered is None else answered)
    match status:
        case 401:
            return Unauthorized(_WANTS_TOKEN[token_use] + because, status=status)
        case 403:
            forbidden = "does not let this token make the call"
            words = forbidden if token_use == "sent" else _WANTS_TOKEN[token_use]
            return Unauthorized(words + because, status=status)
        case 404 | 405 | 501:
            return NotOffered("does not offer this call" + because, status=status)
        case 429:
            again = "" if wait is None else f", the next in {wait:.0f} s at the earliest"
            return RateLimited(f"asks for fewer calls{again}{because}", status=status, retry_after=wait)
        case 503 if headers.get(_EDGE, "").strip().lower() == "offline":
            return EdgeOffline("has no edge worker that is online" + because, status=status, retry_after=wait)
        case 502 | 503 | 504:
            words = "is not able to answer for the moment"
            return BadStatus(
                words + because, status=status, retry_after=wait, outcome_unknown=status in _GATEWAY
            )
        case _ if status >= 500:
            return BadStatus("failed while answering" + because, status=status, outcome_unknown=True)
        case _ if status >= 400:
            return BadStatus("did not accept the request" + because, status=status)
    return BadStatus("answered with an unexpected status" + because, status=status)


def redirection(status: int, location: str, secret: str) -> Redirected:
    """The error for a 3xx. Only the host of the new address is told: the rest may hold session keys."""
    try:
        host = tidy(httpx.URL(location).host, secret)
    except httpx.InvalidURL:
        host = ""
    to = f" to {host}" if host else ""
    words = f"answered with a redirect{to} (HTTP {status}), as a login page does; check OPS_BACKEND_URL"
    # Some answer a POST that was carried out with a redirect to its result.
    return Redirected(words, status=status, outcome_unknown=True)
