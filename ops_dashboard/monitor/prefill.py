"""The demo's past as series: a dashboard that was started just now shows charts of a week."""

from ops_dashboard.demo.history import METRICS, past
from ops_dashboard.demo.simulation import Simulation
from ops_dashboard.domain.series.store import HELD_SECONDS, Store


def demo_past(simulation: Simulation) -> Store:
    """All that the demo would have reported before it was started. Takes about a second: run it in a thread."""
    store = Store()
    for key, samples in past(simulation, METRICS, HELD_SECONDS / 3_600).items():
        for at, value in samples:
            store.add(key, at, value)
    return store
