import pytest

from ops_dashboard.state import charts, live, module_sheet
from tests.bodies import demo_bodies
from tests.unit.state.tabs import FakeMonitor


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> FakeMonitor:
    """The monitor that every state looks at; it has news of a healthy demo."""
    fake = FakeMonitor()
    fake.publish(demo_bodies())
    for module in (charts, live, module_sheet):
        monkeypatch.setattr(module, "monitor", lambda: fake)
    return fake
