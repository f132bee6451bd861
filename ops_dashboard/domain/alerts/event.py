"""What happened to an incident, and whether people are to be told at once."""

from dataclasses import dataclass
from typing import Literal

from ops_dashboard.domain.alerts.sample import Key, Value
from ops_dashboard.domain.alerts.severity import Severity

EventKind = Literal[
    "opened",
    "escalated",
    "deescalated",
    "resolved",
    "announced",
    "flapping_started",
    "flapping_ended",
    "acknowledged",
    "noted",
    "ack_expired",
    "snoozed",
    "unsnoozed",
    "dismissed",
    "restored",
]
"""``announced``: nothing changed but that an interruption, held back until now, is due."""


@dataclass(frozen=True, slots=True)
class Event:
    """One transition. ``at`` and ``until`` are unix seconds, ``duration`` seconds."""

    kind: EventKind
    key: Key
    at: float
    severity: Severity
    text: str = ""
    """The incident's message at that moment; empty for what people did."""
    interrupts: bool = False
    by: str = ""
    """Who did it; empty for the machine."""
    note: str = ""
    until: float = 0.0
    """When a snooze ends; 0 otherwise."""
    duration: float | None = None
    """How long a resolved incident was open."""
    peak: Value | None = None
    """The worst value of a resolved incident."""
