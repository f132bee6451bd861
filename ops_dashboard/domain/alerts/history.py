"""What is remembered of incidents, also once they are over, and how to look for it."""

from dataclasses import dataclass
from typing import Literal

from ops_dashboard.domain.alerts.event import EventKind
from ops_dashboard.domain.alerts.sample import Value
from ops_dashboard.domain.alerts.severity import Severity
from ops_dashboard.domain.alerts.state import Handled

HistoryState = Literal["open", "acknowledged", "snoozed", "dismissed", "resolved"]
"""``open`` is every incident that is not resolved; the next three are those of them that are handled so."""


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """One incident. Moments are unix seconds, ``duration`` is seconds."""

    id: int
    rule_id: str
    target: str
    title: str
    """The rule's title when the incident opened."""
    message: str
    """What it said when it opened or last got worse."""
    severity: Severity
    """Now, or at the end."""
    worst: Severity
    opened_at: float
    acknowledged_at: float | None
    """The last time; it stays when the alert got worse and wants to be acknowledged anew."""
    acknowledged_by: str
    note: str
    """Of the acknowledgement, as it was left."""
    resolved_at: float | None
    duration: float | None
    """How long it was open; None while it is, or where that is not known."""
    peak: Value | None
    """The worst value, in the rule's unit."""
    handled: Handled
    """Now, or at the end."""


@dataclass(frozen=True, slots=True)
class TransitionRow:
    """One thing that happened to an incident; see :class:`~ops_dashboard.domain.alerts.event.Event`."""

    at: float
    kind: EventKind
    by: str
    note: str
    severity: Severity
    text: str
    until: float


@dataclass(frozen=True, slots=True)
class IncidentDetail:
    """An incident with what happened to it, oldest first."""

    row: IncidentRow
    transitions: tuple[TransitionRow, ...]
    earlier: int
    """How many transitions came before these and are left out."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which incidents to show: those that meet every field that is set. Moments are unix seconds."""

    severities: tuple[Severity, ...] = ()
    """Any of these was the worst that was reached."""
    states: tuple[HistoryState, ...] = ()
    """Any of these holds now."""
    rule_ids: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    text: str = ""
    """Every word of it occurs in the title, target, message, note or a name; case does not matter."""
    since: float | None = None
    """Was open at this moment or later."""
    until: float | None = None
    """Was open at this moment or before."""


@dataclass(frozen=True, slots=True)
class Page:
    """A part of the incidents that a filter lets through, newest first, and how many those are."""

    rows: tuple[IncidentRow, ...]
    total: int
