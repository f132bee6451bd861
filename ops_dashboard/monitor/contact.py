"""Is the backend there at all? Calls without any answer make one lost contact, not thirty failures.

Judged by one cheap call, the contact probe, which is made as soon as nothing has answered for a few seconds.
"""

from dataclasses import dataclass, replace

from ops_dashboard.backend.errors import BackendError, TimedOut, Unreachable

LOST_AFTER_REFUSALS = 3
LOST_AFTER_SILENT_PROBES = 2
QUIET_SECONDS = 4.0
"""When nothing has answered for so long, the contact probe is made at once."""
SILENT_SECONDS = 6.0
"""Only a probe that nothing answered for so long counts as silent: slow is not down."""
PROBE_SECONDS = 2.0
"""The time the probe has, whatever other calls are given."""
PROBE_GAP_SECONDS = 0.5
"""Between two probes while it is not yet known whether contact is lost."""
OWN_CALL_SECONDS = 11.0
"""So long a dear call of our own may be the reason why nothing else answers."""
PROBE_CAP_SECONDS = 15.0
"""While contact is lost one cheap call is made at least this often, so that a recovery shows soon."""


@dataclass(frozen=True, slots=True)
class ContactState:
    """Calls in a row without any answer. ``since`` is a moment of the caller's clock, 0 while in contact."""

    refusals: int = 0
    silent_probes: int = 0
    since: float = 0.0
    reason: str = ""

    @property
    def lost(self) -> bool:
        """True when nothing has answered for long enough to say so."""
        return self.refusals >= LOST_AFTER_REFUSALS or self.silent_probes >= LOST_AFTER_SILENT_PROBES


def after_answer() -> ContactState:
    """Any whole HTTP answer, even an error, is contact."""
    return ContactState()


def is_answer(error: BackendError) -> bool:
    """Whether a failed call brought an HTTP answer: one that only began to come says nothing."""
    if isinstance(error, TimedOut):
        return False
    return type(error) is not BackendError and not (isinstance(error, Unreachable) and error.status is None)


def after_failure(
    state: ContactState, error: BackendError, now: float, *, silent_probe: bool = False
) -> ContactState:
    """Count a call that brought no answer; ``silent_probe``: the contact probe, when nothing else answered either.

    An error of our own (a bare :class:`BackendError`) says nothing about the backend.
    """
    if type(error) is BackendError:
        return state
    if is_answer(error):
        return after_answer()
    since = state.since or now
    if isinstance(error, Unreachable):
        return replace(state, refusals=state.refusals + 1, since=since, reason=error.sentence)
    silent = state.silent_probes + silent_probe
    return replace(state, silent_probes=silent, since=since, reason=error.sentence)
