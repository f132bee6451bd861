import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops_dashboard.domain.metrics.histogram import common_edges, is_beyond, quantile, summed

EDGES = (100.0, 200.0, 500.0)


@pytest.mark.parametrize(
    ("q", "counts", "total", "value"),
    [
        (0.5, (10, 10, 10), 10, 50),  # half of the first bucket, which begins at 0
        (0.5, (0, 10, 10), 10, 150),
        (0.95, (50, 90, 100), 100, 350),
        (0.9, (50, 90, 100), 100, 200),  # exactly at a bound
        (0.99, (50, 90, 95), 100, 500),  # beyond the last finite bound
        (0.5, (0, 0, 0), 100, 500),
        (0.5, (60, 40, 100), 100, 83.333),  # a count that fell is levelled up
    ],
)
def test_a_quantile_is_linear_within_its_bucket(
    q: float, counts: tuple[float, ...], total: float, value: float
):
    assert quantile(q, EDGES, counts, total) == pytest.approx(value, abs=1e-3)


def test_a_bucket_of_zero_width_is_its_bound():
    assert quantile(0.5, (0.0, 10.0), (8, 10), 10) == 0


@pytest.mark.parametrize(("edges", "counts", "total"), [((), (), 9), (EDGES, (0, 0, 0), 0)])
def test_nothing_has_no_quantile(edges: tuple[float, ...], counts: tuple[float, ...], total: float):
    assert quantile(0.5, edges, counts, total) is None


def test_what_lies_beyond_the_last_bound_is_known_as_such():
    assert is_beyond(0.99, (50, 90, 95), 100)
    assert not is_beyond(0.95, (50, 90, 95), 100)
    assert not is_beyond(0.5, (), 100)


def test_histograms_are_summed_at_the_bounds_they_share():
    fine, coarse = {1.0: 1.0, 2.0: 3.0, 5.0: 4.0}, {5.0: 10.0, 1.0: 7.0, math.inf: 11.0}
    edges = common_edges([fine, coarse])
    assert edges == (1.0, 5.0)
    assert summed([fine, coarse], edges) == (8.0, 14.0)
    assert common_edges([]) == () and summed([], edges) == (0, 0)


def test_a_count_that_fell_is_levelled_up_before_it_is_summed():
    assert summed([{1.0: 5.0, 2.0: 3.0}, {1.0: 0.0, 2.0: 4.0}], (1.0, 2.0)) == (5.0, 9.0)


def test_a_rounding_error_leads_beyond_no_bound():
    assert max(quantile(q / 100, [13.4], [321.0], 321) or 0 for q in range(1, 101)) == 13.4


@given(
    st.lists(st.floats(min_value=0.1, max_value=1e5), min_size=1, max_size=12, unique=True).map(sorted),
    st.data(),
)
def test_quantiles_rise_and_stay_within_the_bounds(edges: list[float], data: st.DataObject):
    growth = data.draw(st.lists(st.integers(0, 1000), min_size=len(edges) + 1, max_size=len(edges) + 1))
    counts = [float(sum(growth[: n + 1])) for n in range(len(edges))]
    values = [quantile(q / 100, edges, counts, sum(growth)) for q in range(1, 101)]
    if not sum(growth):
        assert set(values) == {None}
        return
    known = [value for value in values if value is not None]
    assert len(known) == 100 and known[0] >= 0 and known[-1] <= edges[-1]
    assert all(b >= a - 1e-9 * edges[-1] for a, b in pairwise(known))


@given(st.lists(st.integers(1, 9_999), min_size=1, max_size=200), st.integers(1, 100))
def test_the_quantile_of_observations_lies_in_the_bucket_that_holds_it(values: list[int], percent: int):
    edges = tuple(float(edge) for edge in (10, 50, 100, 500, 1_000, 5_000, 10_000))
    counts = [float(sum(value <= edge for value in values)) for edge in edges]
    found = quantile(percent / 100, edges, counts, len(values))
    true = sorted(values)[max(0, math.ceil(percent * len(values) / 100) - 1)]
    upper = next(edge for edge in edges if true <= edge)
    lower = max((edge for edge in edges if edge < upper), default=0.0)
    assert found is not None and lower - 1e-6 <= found <= upper + 1e-6
