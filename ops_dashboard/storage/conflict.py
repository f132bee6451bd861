"""What a process is told that would have overwritten another one's work."""

from collections.abc import Mapping

from ops_dashboard.domain.alerts.sample import Key
from ops_dashboard.domain.alerts.state import State
from ops_dashboard.storage.errors import StorageError


class Conflict(StorageError):
    """Alerts were changed since they were read; nothing was written. Load them, then try again.

    ``states`` holds them as they are stored now; None where one is stored no more, or cannot be read.
    """

    def __init__(self, states: Mapping[Key, State | None]) -> None:
        super().__init__("These alerts were just changed by another process of the dashboard.")
        self.states = dict(states)

    @property
    def keys(self) -> tuple[Key, ...]:
        """Which alerts were changed."""
        return tuple(self.states)
