"""Actions on the backend: exactly one POST each, never repeated, and what is known of its outcome."""

from dataclasses import dataclass, field

from ops_dashboard.backend.client import BackendClient
from ops_dashboard.backend.errors import BackendError, EdgeOffline, NotOffered, RateLimited, Unauthorized
from ops_dashboard.domain.actions import Refusal

ACTION_SECONDS = 15.0
_BAD_REQUEST = (400, 422)


@dataclass(frozen=True, slots=True)
class Done:
    """The backend answered with a status of success; ``body`` is its decoded answer, None where it has none."""

    body: object
    status: int = 200


@dataclass(frozen=True, slots=True)
class Refused:
    """It is known that nothing was done. ``status`` is the HTTP status if there was one."""

    why: Refusal
    sentence: str
    status: int | None = None
    detail: str = field(default="", compare=False)
    """The backend's own explanation alone; empty where it gave none."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """The request went out, and nobody can say whether it took effect; the sentence says so.

    ``status`` is the HTTP status if there was one.
    """

    sentence: str
    status: int | None = None


Outcome = Done | Refused | Unknown


async def post(
    client: BackendClient, path: str, *, json: object = None, timeout: float = ACTION_SECONDS
) -> Outcome:
    """Send one POST with the token, and wait for its answer for ``timeout`` seconds. Never raises for a failure.

    Sentences are for people, as those of :class:`~ops_dashboard.backend.errors.BackendError`, with their subject.
    """
    try:
        answer = await client.post(path, json=json, auth=True, timeout=timeout)
        return Done(answer.body, answer.status)
    except BackendError as error:
        sentence = f"The backend {error.sentence}."
        if error.outcome_unknown:
            return Unknown(sentence, error.status)
        return Refused(_why(error), sentence, error.status, error.detail)


def _why(error: BackendError) -> Refusal:
    match error:
        case Unauthorized():
            return "unauthorized"
        case RateLimited():
            return "rate_limited"
        case NotOffered():
            return "not_offered"
        case EdgeOffline():
            return "edge_offline"
    return "bad_request" if error.status in _BAD_REQUEST else "refused"
