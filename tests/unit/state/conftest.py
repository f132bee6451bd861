import pytest

from ops_dashboard.domain.views.alert_rows import AlertRow
from ops_dashboard.domain.views.alerts import AlertGroup, AlertsView
from ops_dashboard.state import alert_actions, alert_history, alert_preferences, charts, live, module_sheet
from ops_dashboard.state.alerts import AlertsState
from tests.bodies import demo_bodies
from tests.unit.state.alert_service import FakeAlerts
from tests.unit.state.tabs import FakeMonitor


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> FakeMonitor:
    """The monitor that every state looks at; it has news of a healthy demo."""
    fake = FakeMonitor()
    fake.publish(demo_bodies())
    for module in (charts, live, module_sheet):
        monkeypatch.setattr(module, "monitor", lambda: fake)
    return fake


@pytest.fixture
def alerts(monkeypatch: pytest.MonkeyPatch) -> FakeAlerts:
    """The alerts that every state asks."""
    fake = FakeAlerts()
    for module in (alert_actions, alert_history, alert_preferences):
        monkeypatch.setattr(module, "monitor", lambda: fake)
    return fake


@pytest.fixture
def view(monkeypatch: pytest.MonkeyPatch) -> AlertsView:
    """What a new tab shows: a group of three alerts, of which one is handled."""
    rows = tuple(
        AlertRow(id=number, key=f"slow|{name}", handled=handled, note=note)
        for number, name, handled, note in (
            (1, "a", "new", ""),
            (2, "b", "new", ""),
            (3, "c", "acknowledged", "looking"),
        )
    )
    shown = AlertsView(groups=(AlertGroup(key="slow", alike=True, rows=rows),))
    monkeypatch.setattr(AlertsState.__fields__["view"], "default_factory", lambda: shown)
    return shown
