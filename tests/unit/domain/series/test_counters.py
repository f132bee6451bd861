import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops_dashboard.domain.series.counters import counter_rate
from ops_dashboard.domain.series.points import Sample


@pytest.mark.parametrize(
    ("previous", "current", "rate"),
    [
        ((0, 100), (10, 150), 5.0),
        ((0, 100), (10, 100), 0.0),
        ((0, 0), (30, 3), 0.1),
        ((0, 100), (10, 20), None),
        ((0, 100), (0, 150), None),
        ((10, 100), (0, 150), None),
        ((0, math.nan), (10, 150), None),
        ((0, 100), (10, math.inf), None),
        ((0, 0), (5e-324, 1), None),
    ],
    ids=["grows", "rests", "slow", "reset", "same moment", "clock back", "nan", "infinite", "too fast"],
)
def test_a_counter_becomes_a_rate(
    previous: tuple[float, float], current: tuple[float, float], rate: float | None
):
    assert counter_rate(Sample(*previous), Sample(*current)) == rate


@given(st.tuples(st.floats(), st.floats()), st.tuples(st.floats(), st.floats()))
def test_a_rate_is_never_negative_nor_infinite(previous: tuple[float, float], current: tuple[float, float]):
    rate = counter_rate(Sample(*previous), Sample(*current))
    assert rate is None or 0 <= rate < math.inf


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 10**6), st.integers(1, 600))
def test_a_faster_counter_never_has_a_lower_rate(start: int, some: int, more: int, seconds: int):
    slow = counter_rate(Sample(0, start), Sample(seconds, start + some))
    fast = counter_rate(Sample(0, start), Sample(seconds, start + some + more))
    assert slow is not None
    assert fast is not None
    assert slow <= fast
