"""What to watch, and how often."""

from collections.abc import Callable
from dataclasses import dataclass

from ops_dashboard.domain.actions import Run
from ops_dashboard.domain.embeddings.run import Generation


@dataclass(frozen=True, slots=True)
class Watch:
    """What to watch, and how often. Seconds."""

    backend: str
    modules: tuple[str, ...]
    refresh_seconds: float
    alert_seconds: float
    timeout_seconds: float
    load_budget: float = 2.0
    """Percent of the time that dear calls may take together."""
    scenario: Callable[[], str] = lambda: ""
    """What the demo plays just now; empty for a real backend."""
    unsaved: Callable[[], str] = lambda: ""
    """Why the past is not being saved; empty while it is."""
    runs: Callable[[], tuple[Run, ...]] = tuple
    """The last run of each action on each target."""
    submissions: Callable[[], tuple[Run, ...]] = tuple
    """The last repositories submitted here, newest last."""
    embeddings: Callable[[], Generation] = Generation
    """What is known of the runs that generate sparse embeddings."""
