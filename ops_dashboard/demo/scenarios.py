"""The situations the demo can show, as data."""

from dataclasses import dataclass
from typing import Literal

Bodies = Literal["plain", "empty", "hostile"]


@dataclass(frozen=True, slots=True)
class Scenario:
    """One situation. ``description`` is one line for people."""

    name: str
    description: str
    stress: float | None = 0.0
    """How hard the system suffers: 0 not at all, 1 a full incident; None for incidents that come and go."""
    onset_seconds: float = 0.0
    """How long it has already lasted when the demo starts with it; shows in the prefilled past."""
    edge: Literal["online", "degraded", "offline"] = "online"
    """The state of the edge worker, which does the ingestion."""
    reachable: bool = True
    bodies: Bodies = "plain"


SCENARIOS = {
    scenario.name: scenario
    for scenario in (
        Scenario(
            "lively", "Mostly healthy; an incident within the first minute, then every six minutes", None
        ),
        Scenario("healthy", "Everything works and stays that way"),
        Scenario(
            "degraded", "Search is slow and errors are up, below the alert limits", 0.4, 3000.0, "degraded"
        ),
        Scenario(
            "incident", "Search down, errors and queue critical, edge worker offline", 1.3, 1080.0, "offline"
        ),
        Scenario("outage", "The backend breaks every connection", reachable=False),
        Scenario("empty", "A fresh system: no requests, no jobs, nothing stored yet", bodies="empty"),
        Scenario(
            "hostile", "Names, numbers, times and sizes that no dashboard should trust", bodies="hostile"
        ),
    )
}
