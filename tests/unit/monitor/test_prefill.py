"""The demo's past: a dashboard that was started just now shows charts of a week."""

import pytest

from ops_dashboard.demo.history import METRICS
from ops_dashboard.demo.history import past as past_of
from ops_dashboard.demo.simulation import Simulation
from ops_dashboard.domain.series.points import SPANS, Gap, Span
from ops_dashboard.domain.series.store import Store
from ops_dashboard.monitor.prefill import demo_past
from tests.snapshots import NOW


@pytest.fixture(scope="module")
def past() -> Store:
    return demo_past(Simulation(seed=7, scenario="healthy", clock=lambda: NOW))


def test_it_has_all_metrics_and_no_other(past: Store) -> None:
    assert set(past) == set(METRICS)


@pytest.mark.parametrize("span", SPANS)
def test_every_time_range_is_full_and_without_a_hole(past: Store, span: Span) -> None:
    for key in past:
        points = past.window(key, span, NOW)
        assert not [point for point in points if isinstance(point, Gap)], key
        assert len(points) >= 0.9 * SPANS[span] / past.interval(span), key


def test_it_ends_now(past: Store) -> None:
    for key in past:
        (last,) = past.last(key, 1)
        assert NOW - 60 <= last.at <= NOW


@pytest.mark.parametrize("second", range(30))
def test_the_first_live_value_joins_on_wherever_in_an_interval_the_demo_was_started(second: int) -> None:
    key, start = "performance.p95", NOW + second
    store = Store()
    for at, value in past_of(Simulation(clock=lambda: start), [key], 1)[key]:
        store.add(key, at, value)
    store.add(key, start + 20, 200.0, step=5)
    assert not [point for point in store.window(key, "1h", start + 20) if isinstance(point, Gap)]
