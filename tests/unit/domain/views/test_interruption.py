"""What interrupts people, as every browser compares it with what it has told."""

from ops_dashboard.domain.alerts.interruption import Interruption
from ops_dashboard.domain.alerts.severity import Severity
from ops_dashboard.domain.views.interruption import InterruptionView, interruption_view
from tests.snapshots import NOW

TOLD = Interruption(Severity.CRITICAL, 2, "2 alerts, 1 critical", "Error rate is 12 %")


def test_it_says_what_happened_and_when():
    assert interruption_view(TOLD, NOW) == InterruptionView(
        id=1_800_000_000_000,
        severity="critical",
        count=2,
        title="2 alerts, 1 critical",
        body="Error rate is 12 %",
        at=NOW,
    )


def test_its_number_grows_with_every_poll_also_over_a_restart():
    ids = [interruption_view(TOLD, NOW + after).id for after in (0.0, 0.1, 0.25, 1.0, 3_600.0)]
    assert ids == sorted(set(ids))
    assert ids[0] > InterruptionView().id == 0
    assert max(ids) < 2**53, "which a browser counts without rounding"
