"""What interrupts people, as every browser compares it with what it has told."""

from ops_dashboard.domain.alerts.interruption import Interruption
from ops_dashboard.domain.alerts.severity import Severity
from ops_dashboard.domain.views.interruption import InterruptionView, interruption_view
from tests.snapshots import NOW

TOLD = Interruption(Severity.CRITICAL, 2, "2 alerts, 1 critical", "Error rate is 12 %")


def test_it_says_what_happened_and_when():
    assert interruption_view(TOLD, NOW, "b1", 3) == InterruptionView(
        id=3,
        severity="critical",
        count=2,
        title="2 alerts, 1 critical",
        body="Error rate is 12 %",
        at=NOW,
        boot="b1",
    )
