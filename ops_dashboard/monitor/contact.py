"""Is the backend there at all? Calls without any answer make one lost contact, not thirty failures."""

from dataclasses import dataclass, replace

from ops_dashboard.backend.errors import BackendError, TimedOut, Unreachable

LOST_AFTER_REFUSALS = 3
LOST_AFTER_TIMEOUTS = 5
PROBE_CAP_SECONDS = 15.0
"""While contact is lost one cheap call is made at least this often, so that a recovery shows soon."""


@dataclass(frozen=True, slots=True)
class ContactState:
    """Calls in a row without any answer. ``since`` is a moment of the caller's clock, 0 while in contact."""

    refusals: int = 0
    timeouts: int = 0
    since: float = 0.0
    reason: str = ""

    @property
    def lost(self) -> bool:
        """True when nothing has answered for long enough to say so."""
        return self.refusals >= LOST_AFTER_REFUSALS or self.timeouts >= LOST_AFTER_TIMEOUTS


def after_answer() -> ContactState:
    """Any HTTP answer, even an error, is contact."""
    return ContactState()


def after_failure(state: ContactState, error: BackendError, now: float) -> ContactState:
    """Count a call that brought no HTTP answer; every other failure is an answer.

    An answer that began and did not come to its end in time is none: one that drips would else keep up, for
    ever, the look of a backend that can be read.

    An error of our own (a bare :class:`BackendError`) says nothing about the backend.
    """
    if type(error) is BackendError:
        return state
    since = state.since or now
    if isinstance(error, Unreachable) and error.status is None:
        return replace(state, refusals=state.refusals + 1, since=since, reason=error.sentence)
    if isinstance(error, TimedOut):
        return replace(state, timeouts=state.timeouts + 1, since=since, reason=error.sentence)
    return after_answer()
