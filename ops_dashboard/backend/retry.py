"""When a failing source may be asked again: backoff with full jitter, and a circuit breaker."""

from dataclasses import dataclass
from typing import Literal

from tenacity import RetryCallState, Retrying, wait_random_exponential

BASE_SECONDS = 1.0
CAP_SECONDS = 60.0
REST_SECONDS = 15.0
"""The least rest of an open circuit: full jitter alone may choose almost none."""
OPENS_AFTER = 5
"""Failures in a row that open the circuit."""

Circuit = Literal["closed", "open", "half-open"]
"""Calls go on · calls rest until ``next_retry_at`` · the next call is a probe that closes or reopens it."""


@dataclass(frozen=True, slots=True)
class RetryState:
    """How reading one source goes. Moments are seconds on the caller's clock, 0 for none."""

    failures: int = 0
    """Failures in a row."""
    failing_since: float = 0.0
    next_retry_at: float = 0.0

    def circuit(self, now: float) -> Circuit:
        """The circuit breaker's state at ``now``."""
        if self.failures < OPENS_AFTER:
            return "closed"
        return "half-open" if self.may_call(now) else "open"

    def may_call(self, now: float) -> bool:
        """Whether the source may be asked at ``now``.

        A half-open circuit allows one probe. That it stays one is up to the caller, who has at most one
        call of a source in flight.
        """
        return now >= self.next_retry_at


def failed(state: RetryState, now: float, retry_after: float | None = None) -> RetryState:
    """The state after one more failure; ``retry_after`` (seconds) is the backend's wish and a floor."""
    failures = state.failures + 1
    delay = max(_delay(failures), retry_after or 0.0)
    return RetryState(failures, state.failing_since if state.failures else now, now + delay)


def _delay(failures: int) -> float:
    """Seconds until the next attempt: random, to keep clients from returning in step."""
    least = REST_SECONDS if failures >= OPENS_AFTER else 0.0
    wait = wait_random_exponential(multiplier=BASE_SECONDS, max=CAP_SECONDS, min=least)
    attempt = RetryCallState(Retrying(), None, (), {})
    attempt.attempt_number = failures
    return wait(attempt)
