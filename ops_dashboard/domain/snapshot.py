"""What the dashboard knows at one moment: for every source its last value and how reading it goes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeVar

from ops_dashboard.domain.actions import Run
from ops_dashboard.domain.embeddings.run import Generation
from ops_dashboard.domain.metrics.fields import Report
from ops_dashboard.domain.probes import ProbeSummary
from ops_dashboard.domain.scrapes import ScrapeSummary
from ops_dashboard.domain.views.figure import Display

R = TypeVar("R", bound=Report)

TokenTrouble = Literal["", "refused", "missing"]
STALE_AFTER_FAILURES = 2
STALE_AFTER_INTERVALS = 1.5
SWALLOWED_SECONDS = 10.0
"""A call that fails so soon after an outage was made during it."""
IDLE_SECONDS = 120.0
"""After so long without anything new what a source measures of it is frozen."""
KNOWN_AFTER_FAILURES = 5


@dataclass(frozen=True, slots=True)
class SourceState:
    """One source. All moments are unix seconds, 0 for never; durations are seconds.

    A failed source keeps its last value and grows old in the open.
    """

    name: str
    title: str
    value: Report | None = None
    received_at: float = 0.0
    last_attempt: float = 0.0
    latency: float = 0.0
    clean_latency: float | None = None
    """The latency of the last call beside which no slow call ran: that of the backend itself."""
    interval: float = 30.0
    """How often this source is expected to be read at least: its age is judged by it."""
    pace: float = 30.0
    """How often it is read now: more often than expected in the fast lane."""
    failures: int = 0
    """In a row."""
    reads: int = 0
    """Calls that have ended since the start, well or not; ``failed_reads`` are those that did not end well."""
    failed_reads: int = 0
    failing_since: float = 0.0
    failing_from: float | None = None
    """The same moment as :attr:`Snapshot.monotonic` has it; None where that is not known."""
    next_retry_at: float = 0.0
    reason: str = ""
    """The last error in plain words; empty after a success."""
    idle_since: float = 0.0
    """Since when what it counts stays the same; 0 while that grows, and where it counts nothing."""
    not_offered: bool = False
    token: TokenTrouble = ""
    """What the last answer, a 401 or 403, said of the token; empty for any other."""
    status: int = 0
    """The HTTP status with which the last call failed; 0 for none."""
    circuit: str = "closed"
    spared: str = ""
    """Why this source is deliberately not read; empty while it is."""
    dear_seconds: float = 0.0
    """What a call takes that is read seldom for it; 0 for one that is read with every refresh."""
    next_read_at: float = 0.0
    """When it is likely to be read next; 0 where that is with the next refresh, or not known."""
    left_out: str = ""
    """Why it is not read for the time being, in words that follow its name; empty while it is."""
    last_beat_at: float = 0.0
    """When what this source tells of was last heard of; kept once the backend no longer tells it."""
    surprises: int = 0
    surprise_sentences: tuple[str, ...] = ()

    @property
    def never_answered(self) -> bool:
        """True of a call that has met nothing but server errors since the start."""
        return not self.received_at and self.failures > 0 and self.status >= 500

    @property
    def always_fails(self) -> bool:
        """True once it has met them so often that it is known: nobody has to look any more."""
        return self.never_answered and self.failures >= KNOWN_AFTER_FAILURES

    def display(self, now: float) -> Display:
        """Which of the five displays this source's figures have at ``now``."""
        if not self.received_at:
            return "not_reported" if self.not_offered else "waiting"
        return "stale" if self.is_stale(now) else "value"

    def is_stale(self, now: float) -> bool:
        """Two failures in a row, or one and a half intervals without news."""
        old = now - self.received_at > STALE_AFTER_INTERVALS * self.interval + self.latency
        return self.failures >= STALE_AFTER_FAILURES or old


@dataclass(frozen=True, slots=True)
class Contact:
    """Whether the backend answers at all. Moments are unix seconds, 0 for never."""

    lost: bool = False
    since: float = 0.0
    reason: str = ""
    next_retry_at: float = 0.0
    regained_at: float = 0.0
    """When it answered again after it had been lost."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Something a backend may or may not be able to do; ``offered`` is None while that is not known."""

    key: str
    title: str
    offered: bool | None
    sentence: str
    worth_trying: bool = False
    """Not known, but a standard call, which any backend may have."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything known at ``at`` (unix seconds). Immutable; ``revision`` grows with every snapshot."""

    revision: int = 0
    at: float = 0.0
    monotonic: float | None = None
    """The same moment in seconds that no setting of the clock changes; None where nobody measured it."""
    backend: str = ""
    """The monitored backend as shown to people: host and port, never a secret."""
    scenario: str = ""
    """What the demo plays; empty for a real backend."""
    unsaved: str = ""
    """Why the past is not being saved, for the operator; empty while it is."""
    clock_ahead: float = 0.0
    """Seconds that the backend's clock is ahead, negative if behind; its moments in the reports are by ours."""
    watched_modules: tuple[str, ...] = ()
    refresh_seconds: float = 30.0
    refreshing: bool = False
    refreshed_at: float = 0.0
    """When a refresh last ended that read at least one source."""
    refresh_took: float = 0.0
    """How many seconds that one took."""
    next_refresh_at: float = 0.0
    contact: Contact = Contact()
    probes: ProbeSummary = ProbeSummary()
    scrapes: ScrapeSummary = ScrapeSummary()
    offers: tuple[Offer, ...] = ()
    restarts: tuple[float, ...] = ()
    """When the backend restarted lately, oldest first, as far as its answers tell."""
    runs: tuple[Run, ...] = ()
    """The last run of each action on each target."""
    submissions: tuple[Run, ...] = ()
    """The last repositories submitted here, newest last: more than one run may be of the same."""
    embeddings: Generation = Generation()
    """What is known of the runs that generate sparse embeddings."""
    sources: Mapping[str, SourceState] = field(default_factory=dict)

    def report(self, name: str, model: type[R]) -> R | None:
        """The last value of a source, if it has one of this model."""
        state = self.sources.get(name)
        return state.value if state is not None and isinstance(state.value, model) else None

    def unreadable(self) -> tuple[SourceState, ...]:
        """Every source that is asked, where the backend answers and none of them can be read; none otherwise."""
        # A list of calls, read long ago, is no data.
        asked = [s for s in self.sources.values() if not s.spared and not (s.received_at and s.value is None)]
        if any(not s.failures for s in asked) or self.contact.since:
            return ()  # something was read, or is still awaited; or whether anybody answers is in doubt
        return tuple(asked)

    def idle_since(self, name: str) -> float:
        """Since when (unix seconds) nothing has happened of what a source counts; 0 while something does."""
        state = self.sources.get(name)
        if state is None or not state.idle_since or state.received_at - state.idle_since < IDLE_SECONDS:
            return 0.0
        return state.idle_since

    def display(self, name: str) -> Display:
        """The display of a source's figures now; everything is stale while the backend is out of reach."""
        state = self.sources.get(name)
        if state is None:
            return "waiting"
        display = state.display(self.at)
        return "stale" if display == "value" and self.contact.lost else display
