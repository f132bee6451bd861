"""How many alerts are open, and how many incidents there were: counted as they come, for those who watch us."""

from collections import Counter
from collections.abc import Iterable, Mapping

from ops_dashboard.domain.alerts.event import Event
from ops_dashboard.domain.alerts.severity import Severity
from ops_dashboard.domain.alerts.state import Handled, State

Open = Mapping[tuple[Severity, Handled], int]


class AlertTally:
    """Lives as long as the process. ``open`` is None until the alerts were judged once."""

    def __init__(self) -> None:
        self.open: Open | None = None
        self.opened: Mapping[Severity, int] = dict.fromkeys(Severity, 0)
        """Incidents that were opened here since the start, by the severity they began with."""

    def note(self, states: Iterable[State], events: Iterable[Event]) -> None:
        """Take in the alerts as they stand, and what has just happened."""
        counts = Counter((s.incident.severity, s.incident.handling.state) for s in states if s.incident)
        self.open = {(severity, how): counts[severity, how] for severity in Severity for how in Handled}
        opened = Counter(event.severity for event in events if event.kind == "opened")
        self.opened = {severity: count + opened[severity] for severity, count in self.opened.items()}
