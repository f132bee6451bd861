"""Actions on the backend: exactly one POST each, never repeated, and what is known of its outcome."""

from dataclasses import dataclass

from ops_dashboard.backend.client import BackendClient
from ops_dashboard.backend.errors import BackendError, NotOffered, RateLimited, Unauthorized
from ops_dashboard.domain.actions import Refusal

ACTION_SECONDS = 15.0


@dataclass(frozen=True, slots=True)
class Done:
    """The backend answered with a status of success; ``body`` is its decoded answer, None where it has none."""

    body: object


@dataclass(frozen=True, slots=True)
class Refused:
    """It is known that nothing was done. ``status`` is the HTTP status if there was one."""

    why: Refusal
    sentence: str
    status: int | None = None


@dataclass(frozen=True, slots=True)
class Unknown:
    """The request went out, and nobody can say whether it took effect; the sentence says so."""

    sentence: str


Outcome = Done | Refused | Unknown


async def post(
    client: BackendClient, path: str, *, json: object = None, timeout: float = ACTION_SECONDS
) -> Outcome:
    """Send one POST with the token, and wait for its answer for ``timeout`` seconds. Never raises for a failure.

    Sentences are for people, as those of :class:`~ops_dashboard.backend.errors.BackendError`, with their subject.
    """
    try:
        return Done((await client.post(path, json=json, auth=True, timeout=timeout)).body)
    except BackendError as error:
        sentence = f"The backend {error.sentence}."
        if error.outcome_unknown:
            return Unknown(sentence)
        return Refused(_why(error), sentence, error.status)


def _why(error: BackendError) -> Refusal:
    match error:
        case Unauthorized():
            return "unauthorized"
        case RateLimited():
            return "rate_limited"
        case NotOffered():
            return "not_offered"
    return "refused"
