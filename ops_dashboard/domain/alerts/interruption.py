"""One poll, one interruption: whatever opened together makes one sound and one notification."""

from collections.abc import Iterable
from dataclasses import dataclass

from ops_dashboard.domain.alerts.event import Event
from ops_dashboard.domain.alerts.severity import Severity

MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Interruption:
    """What people are told at once. ``count`` is that of the alerts, ``severity`` that of the worst."""

    severity: Severity
    count: int
    title: str
    body: str


def interruption(events: Iterable[Event]) -> Interruption | None:
    """What the events of one poll amount to; None when none of them interrupts."""
    loud = {event.key: event for event in events if event.interrupts}
    if not loud:
        return None
    worst_first = sorted(loud.values(), key=lambda event: event.severity.rank)
    severity, count = worst_first[0].severity, len(worst_first)
    lines = [event.text for event in worst_first[:MOST_NAMED]]
    if count > MOST_NAMED:
        lines.append(f"and {count - MOST_NAMED:,} more")
    return Interruption(severity, count, _title(worst_first), "\n".join(lines))


def _title(events: list[Event]) -> str:
    if len(events) == 1:
        return f"{events[0].severity.word} alert"
    critical = sum(event.severity is Severity.CRITICAL for event in events)
    return f"{len(events):,} alerts{f', {critical:,} critical' if critical else ''}"
