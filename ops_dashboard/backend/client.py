"""The one door to the monitored backend: every HTTP call passes here, bounded in time and size."""

import asyncio
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any

import httpx
from pydantic import SecretStr

from ops_dashboard import __version__
from ops_dashboard.backend.apart import LoopThread
from ops_dashboard.backend.base_url import parse_base_url
from ops_dashboard.backend.beside import read_beside
from ops_dashboard.backend.connections import Connections, Progress
from ops_dashboard.backend.decode import TOO_DEEP, decode
from ops_dashboard.backend.errors import BackendError, BadBody
from ops_dashboard.backend.failures import connection_failure, no_handshake, too_late
from ops_dashboard.backend.receive import ACCEPT_ENCODING, Reply, receive
from ops_dashboard.backend.redaction import may_hold, redact_data
from ops_dashboard.backend.refusals import TokenUse, redirection, refusal

CONNECT_SECONDS = 2.0
MAX_BYTES = 8 * 1024 * 1024
"""Of the body of an answer, unpacked."""
MAX_TEXT_BYTES = 2 * 1024 * 1024
"""Of an answer in text: reading that takes far longer than reading JSON."""
IN_DOUBT = "; whether the request took effect is not known"
"""How the sentence of a POST ends that may have been acted on."""

_SENDABLE = re.compile(r"[\x21-\x7e]+")


@dataclass(frozen=True, slots=True)
class Answer:
    """A real answer. ``body`` is decoded JSON, or a string where text was asked for."""

    status: int
    body: object
    latency: float
    """Seconds from sending the request to the end of the body."""
    size: int = 0
    """Bytes of the body, unpacked."""
    decoding: float = 0.0
    """Seconds it took to make ``body`` of them."""
    clock_ahead: float | None = None
    """Seconds that the backend's clock is ahead of ours, to one or two; None if it does not tell its time."""


class BackendClient:
    """Calls one backend. It follows no redirect, proxy variable or cookie.

    A GET is sent twice at the most, and a POST once: see :class:`~ops_dashboard.backend.connections.Connections`.
    The token is sent only with calls that ask for it, and only to the base URL's host. Whatever goes wrong
    is raised as a :class:`~ops_dashboard.backend.errors.BackendError` with a sentence for people.

    Raises:
        ValueError: when the base URL or the token cannot be used; the sentence repeats neither.
    """

    def __init__(
        self,
        base_url: str,
        token: SecretStr | None = None,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        max_bytes: int = MAX_BYTES,
        apart: bool = True,
    ) -> None:
        """``apart``: make calls on a loop of their own, so that the work of this one does not count as latency."""
        self._base = parse_base_url(base_url)
        self._token = token if token and token.get_secret_value() else None
        if self._token and not _SENDABLE.fullmatch(self._secret):
            raise ValueError("OPS_BACKEND_TOKEN may hold printable ASCII characters only, and no spaces")
        self._max_bytes = max_bytes
        self.requests = {"GET": 0, "POST": 0}
        """How many were begun since the start, by method."""
        # With its own loop, since what this one does for many tabs would else count as the backend's time.
        self._apart = LoopThread() if apart and transport is None else None
        self._http = httpx.AsyncClient(
            base_url=self._base,
            transport=Connections(tls=self._base.scheme == "https", transport=transport),
            headers={"User-Agent": f"ops-dashboard/{__version__}", "Accept-Encoding": ACCEPT_ENCODING},
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
            follow_redirects=False,
            event_hooks={"response": [self._refuse_redirect]},
            trust_env=False,
        )

    def __repr__(self) -> str:
        """The address, and nothing of the token."""
        return f"BackendClient({str(self._base)!r})"

    async def get(
        self,
        path: str,
        *,
        params: Mapping[str, str] | None = None,
        auth: bool = False,
        timeout: float = 5.0,
        text: bool = False,
        is_answer: Callable[[object], bool] | None = None,
    ) -> Answer:
        """Read ``path``, which begins with "/" and is joined to the base URL's own path.

        ``timeout`` (seconds) bounds the whole call, its body included. ``is_answer`` tells of the decoded
        body of an HTTP error (4xx or 5xx) whether it is an answer all the same.

        Raises:
            BackendError: whatever kept the answer from coming.
        """
        request = self._request("GET", path, auth, timeout, params=params or None)
        return await self._call(request, auth, timeout, text=text, is_answer=is_answer)

    async def post(
        self, path: str, *, json: object = None, auth: bool = True, timeout: float = 15.0
    ) -> Answer:
        """Send ``json`` (nothing when None) to ``path``; ``timeout`` (seconds) bounds the whole call.

        Never repeated: where the error's ``outcome_unknown`` is set, the request may have taken effect.

        Raises:
            BackendError: whatever kept the answer from coming.
        """
        request = self._request("POST", path, auth, timeout, json=json)
        return await self._call(request, auth, timeout)

    @property
    def _secret(self) -> str:
        return self._token.get_secret_value() if self._token else ""

    async def aclose(self) -> None:
        """Close the connections."""
        if self._apart is None:
            await self._http.aclose()
        else:
            await self._apart.run(self._http.aclose())
            await self._apart.aclose()

    def _request(self, method: str, path: str, auth: bool, timeout: float, **content: Any) -> httpx.Request:
        if not path.startswith("/") or path.startswith("//"):
            raise ValueError('a path begins with one "/"')
        # Half the time at most for connecting, so that a late connection is never taken for a late answer.
        limits = httpx.Timeout(timeout, connect=min(CONNECT_SECONDS, timeout / 2))
        headers = {"Accept": "application/json, text/plain;q=0.9"}
        if auth and self._token:
            headers["Authorization"] = f"Bearer {self._secret}"
        return self._http.build_request(method, path, headers=headers, timeout=limits, **content)

    async def _call(
        self,
        request: httpx.Request,
        auth: bool,
        timeout: float,
        *,
        text: bool = False,
        is_answer: Callable[[object], bool] | None = None,
    ) -> Answer:
        self.requests[request.method] += 1
        timed = self._timed(
            request, timeout, min(self._max_bytes, MAX_TEXT_BYTES) if text else self._max_bytes
        )
        outcome, latency = await (self._apart.run(timed) if self._apart else timed)
        if isinstance(outcome, Reply):
            try:
                started = time.perf_counter()
                read = partial(self._body, outcome, auth, text, is_answer)
                size = len(outcome.content)
                body = await read_beside(read, size)
                decoding = time.perf_counter() - started
                return Answer(outcome.status, body, latency, size, decoding, outcome.clock_ahead)
            except BackendError as error:
                outcome = error
        outcome.latency = latency
        if request.method == "POST" and outcome.outcome_unknown:
            outcome.sentence += IN_DOUBT
        # Raised here, outside of any except block: no cause is kept that could hold headers or whole bodies.
        raise outcome

    async def _timed(
        self, request: httpx.Request, timeout: float, max_bytes: int
    ) -> tuple[Reply | BackendError, float]:
        """The outcome of one request, and the seconds it took."""
        started = time.perf_counter()
        outcome = await self._exchange(request, timeout, max_bytes)
        return outcome, time.perf_counter() - started

    async def _exchange(self, request: httpx.Request, timeout: float, max_bytes: int) -> Reply | BackendError:
        """One request and its reply, or why there is none."""
        status: int | None = None
        progress = Progress.of(request)
        try:
            # httpx bounds each step; a dripping body would renew its read timeout for ever.
            async with asyncio.timeout(timeout):
                response = await self._http.send(request, stream=True)
                status = response.status_code
                try:
                    return await receive(response, max_bytes)
                finally:
                    await response.aclose()
        except BackendError as error:
            return error
        except TimeoutError:
            return no_handshake(self._base, timeout) if progress.handshaking else too_late(timeout, status)
        except httpx.TransportError as error:
            return connection_failure(
                error,
                base=self._base,
                timeouts=httpx.Timeout(**request.extensions["timeout"]),
                status=status,
                handshaking=progress.handshaking,
            )

    async def _refuse_redirect(self, response: httpx.Response) -> None:
        """Refused before httpx reads where it leads: an address that it cannot read would hide the redirect."""
        if 300 <= response.status_code < 400:
            location = response.headers.get("location", "")
            raise redirection(response.status_code, location, self._secret)

    def _decoded(self, reply: Reply, *, text: bool = False) -> object:
        """The data of the body, in which the token does not stand."""
        body = decode(reply, text=text)
        if not self._secret or not may_hold(reply.content, self._secret):
            return body
        try:
            return redact_data(body, self._secret)
        except RecursionError as error:
            raise BadBody(TOO_DEEP, status=reply.status, outcome_unknown=True) from error

    def _body(
        self, reply: Reply, auth: bool, text: bool, is_answer: Callable[[object], bool] | None
    ) -> object:
        if 200 <= reply.status < 300:
            return self._decoded(reply, text=text)
        try:
            body = self._decoded(reply)
        except BadBody:
            body = None  # the status says enough
        if is_answer and reply.status >= 400 and is_answer(body):
            return body
        use: TokenUse = "none" if not self._token else "sent" if auth else "withheld"
        raise refusal(reply.status, reply.headers, body, token_use=use, secret=self._secret, now=time.time())
