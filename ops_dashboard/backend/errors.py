"""What can go wrong when the monitored backend is asked.

BackendError
├── Unreachable          no connection: refused, unknown host, TLS, reset before an answer
├── TimedOut             connected, but no whole answer in time
├── BadStatus            an HTTP status that is not an answer
│   ├── Unauthorized     401 or 403
│   ├── NotOffered       404, 405 or 501: this backend has no such call
│   ├── RateLimited      429
│   └── EdgeOffline      503 of a backend whose edge worker is silent
├── Redirected           3xx: usually a login page
└── BadBody              an answer that cannot be read: HTML, cut short, too large, not JSON
"""

from typing import Literal


class BackendError(Exception):
    """A call to the backend failed. ``sentence`` is for people; it never holds a secret or raw markup.

    It is a predicate without its subject ("refused the connection at …"), to be read after the name of
    the backend or of a source. ``retry_after`` is the backend's own wish in seconds, ``status`` the HTTP
    status if there was one, ``latency`` the seconds from the start of the call to its failure.
    """

    kind = "failed"

    def __init__(
        self,
        sentence: str,
        *,
        status: int | None = None,
        retry_after: float | None = None,
        latency: float = 0.0,
        outcome_unknown: bool = False,
        detail: str = "",
    ) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.status = status
        self.retry_after = retry_after
        self.latency = latency
        self.detail = detail
        """The backend's own explanation, fit to be shown; empty where it gave none."""
        self.outcome_unknown = outcome_unknown
        """The backend may have acted on the request all the same; it matters for a POST only."""

    def __str__(self) -> str:
        """The sentence."""
        return self.sentence


class Unreachable(BackendError):
    """No connection could be made, or it broke before an answer."""

    kind = "unreachable"


class TimedOut(BackendError):
    """No whole answer within the time allowed. Slow is not down."""

    kind = "timed out"


class BadStatus(BackendError):
    """The backend answered with a status that carries no data."""

    kind = "bad status"


class Unauthorized(BadStatus):
    """401 or 403: the token is missing, wrong or too weak.

    ``token`` says which: "refused" where it went with the call, "missing" where none is set, and nothing where the
    call went without.
    """

    kind = "unauthorized"
    token: Literal["", "refused", "missing"] = ""


class NotOffered(BadStatus):
    """404, 405 or 501: this backend does not offer the call."""

    kind = "not offered"


class RateLimited(BadStatus):
    """429: the backend asks to be left alone for a while."""

    kind = "rate limited"


class EdgeOffline(BadStatus):
    """503: the backend itself answers, but the edge worker that would do the work is silent."""

    kind = "edge worker offline"


class Redirected(BackendError):
    """The backend answered with a redirect, which is never followed."""

    kind = "redirected"


class BadBody(BackendError):
    """The answer is not what it says it is: HTML, cut short, too large, or no JSON."""

    kind = "unreadable answer"
