"""What interrupts people: the latest, by a number that every browser can compare with what it has told.

No clock has a part in it: one that is set back would silence every tab for as long.
"""

from dataclasses import dataclass

from ops_dashboard.domain.alerts.interruption import Interruption


@dataclass(frozen=True, slots=True)
class InterruptionView:
    """One poll's interruption. ``id`` counts them, from 1 in each process; 0 before the first."""

    id: int = 0
    severity: str = ""
    count: int = 0
    title: str = ""
    body: str = ""
    at: float = 0.0
    """When it happened, unix seconds."""
    boot: str = ""
    """Which process counts them."""


def interruption_view(told: Interruption, at: float, boot: str, number: int) -> InterruptionView:
    """The view of what happened ``at`` (unix seconds), the ``number``-th of the process ``boot``."""
    return InterruptionView(number, told.severity.value, told.count, told.title, told.body, at, boot)
