"""What is handed to the alerts to be judged."""

from dataclasses import dataclass

from ops_dashboard.domain.snapshot import Snapshot
from ops_dashboard.domain.views.page import PageView


@dataclass(frozen=True, slots=True)
class Poll:
    """A page and the snapshot it was made from; with ``quiet`` values may stay as they are shown."""

    snapshot: Snapshot
    page: PageView
    quiet: bool
