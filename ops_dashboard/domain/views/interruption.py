"""What interrupts people: the latest, by a number that every browser can compare with what it has told."""

from dataclasses import dataclass

from ops_dashboard.domain.alerts.interruption import Interruption


@dataclass(frozen=True, slots=True)
class InterruptionView:
    """One poll's interruption. ``id`` grows with each, also over a restart; 0 before the first."""

    id: int = 0
    severity: str = ""
    count: int = 0
    title: str = ""
    body: str = ""
    at: float = 0.0
    """When it happened, unix seconds."""


def interruption_view(told: Interruption, at: float) -> InterruptionView:
    """The view of what happened ``at`` (unix seconds)."""
    return InterruptionView(round(1000 * at), told.severity.value, told.count, told.title, told.body, at)
