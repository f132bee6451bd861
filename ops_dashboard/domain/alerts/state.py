"""What is remembered of one rule and target between two samples. All of it survives a restart."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal

from pydantic import TypeAdapter

from ops_dashboard.domain.alerts.sample import Key, Value
from ops_dashboard.domain.alerts.severity import Severity

UNKNOWN_AFTER_SECONDS = 300.0
"""After so long without data nothing is known any more."""

Data = Literal["fresh", "stale", "unknown"]


class Condition(StrEnum):
    """Where the machine stands. An incident is open while firing or recovering."""

    OK = "ok"
    PENDING = "pending"
    FIRING = "firing"
    RECOVERING = "recovering"


class Handled(StrEnum):
    """What people did about an incident. Dismissed is snoozed until resolved, and can be undone."""

    NEW = "new"
    ACKNOWLEDGED = "acknowledged"
    SNOOZED = "snoozed"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class Handling:
    """Who did what, when and why. Moments are unix seconds; ``until`` is 0 but for a snooze."""

    state: Handled = Handled.NEW
    by: str = ""
    at: float = 0.0
    note: str = ""
    until: float = 0.0
    before: "Handling | None" = None
    """What a dismissal took the place of, to be restored by undo."""
    note_by: str = ""
    """Who wrote the note, where that was somebody else."""


@dataclass(frozen=True, slots=True)
class Mute:
    """Why an incident does not interrupt: another one explains it."""

    cause: Key
    reason: str
    """ "muted: the backend is unreachable"."""
    ended_at: float = 0.0
    """When the sample that ended the cause was received, unix seconds; 0 while the cause lasts."""


@dataclass(frozen=True, slots=True)
class Incident:
    """One alert, from its opening to its end."""

    severity: Severity
    worst: Severity
    opened_at: float
    """Unix seconds, as are all moments."""
    since: float
    """When the first sample of the breach was received."""
    peak: Value
    """The worst value so far."""
    peak_at: float
    threshold: float | None = None
    """What the severity was judged by; None for a status."""
    age: float = 0.0
    """Seconds since it was opened, by a clock that never steps back."""
    handling: Handling = Handling()
    acknowledged: Severity | None = None
    """The severity at which somebody acknowledged it last; None for never, or where that is not known."""
    announced: Severity | None = None
    """The severity of which people were told by an interruption, if they were."""
    mute: Mute | None = None
    easing: float | None = None
    """Seconds for which the samples have been milder than ``severity``; None while they are not."""
    turns: int = 0
    """How often it eased or began to flap. With each turn the next one needs a longer calm."""


@dataclass(frozen=True, slots=True)
class State:
    """One rule and target: the condition, the last that is known, and the open incident if there is one."""

    key: Key
    condition: Condition = Condition.OK
    held: float = 0.0
    """Seconds pending, or recovering, with fresh data."""
    since: float = 0.0
    """When the first sample of the present breach was received, unix seconds; 0 without a breach."""
    evaluated_at: float | None = None
    known: bool = False
    """Whether the last evaluation had data to judge."""
    known_at: float | None = None
    """When one last had."""
    sampled_at: float | None = None
    """When the last sample judged was received, unix seconds: a sample seen again counts once."""
    value: Value | None = None
    counter: float | None = None
    """What ``value`` is the growth of, for a rule about a counter."""
    detail: str = ""
    recent: tuple[Severity | None, ...] = ()
    """The severities of the last samples, newest last."""
    flapping: bool = False
    calm: float = 0.0
    """Seconds for which it has flapped no more, while ``flapping`` still holds."""
    label: str = ""
    """What the target is called in messages; empty where its name will do."""
    incident: Incident | None = None

    def data(self, now: float) -> Data:
        """How far the value can be relied on at ``now``."""
        if self.known:
            return "fresh"
        long_ago = self.known_at is None or now - self.known_at >= UNKNOWN_AFTER_SECONDS
        return "unknown" if long_ago else "stale"


_STATE = TypeAdapter(State)


def to_dict(state: State) -> dict[str, Any]:
    """``state`` as JSON has it."""
    return _STATE.dump_python(state, mode="json")


def from_dict(saved: object) -> State:
    """What :func:`to_dict` made.

    Raises:
        ValueError: when it is no saved state.
    """
    return _STATE.validate_python(saved)


def urgent(states: Iterable[State]) -> tuple[object, ...]:
    """What of the open incidents must reach the screen at once; their values can wait for the refresh."""
    return tuple(
        (s.key, s.condition, s.flapping, s.known, s.incident.severity, s.incident.handling, s.incident.mute)
        for s in states
        if s.incident
    )
