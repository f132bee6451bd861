"""What is kept of each action on the backend."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Who did what to what, and what came of it. ``at`` is when that was known, in unix seconds."""

    at: float
    by: str
    action: str
    target: str
    """Empty where there is but one thing that the action can be done to."""
    outcome: str
    """A :data:`~ops_dashboard.domain.actions.RunState`, or "not-sent" where nothing was."""
    sentence: str
