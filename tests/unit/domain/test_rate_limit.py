"""So many in a span, and not one more."""

from hypothesis import given
from hypothesis import strategies as st

from ops_dashboard.domain.rate_limit import Pace, RateLimit


def test_the_one_too_many_waits_until_the_first_is_long_ago():
    pace = Pace(RateLimit(3, 60.0))
    assert [pace.take(at) for at in (0.0, 10.0, 20.0)] == [0.0, 0.0, 0.0]
    assert pace.take(25.0) == 35.0
    assert pace.take(60.0) == 0.0
    assert pace.take(61.0) == 9.0


def test_to_ask_how_long_to_wait_counts_for_nothing():
    pace = Pace(RateLimit(1, 60.0))
    assert [pace.wait(0.0), pace.wait(0.0)] == [0.0, 0.0]
    assert pace.take(0.0) == 0.0
    assert pace.wait(15.0) == 45.0


@given(st.lists(st.floats(0, 1e6), max_size=200).map(sorted), st.integers(1, 5), st.floats(0.1, 1e4))
def test_no_span_holds_more_than_the_limit(moments: list[float], most: int, seconds: float):
    pace = Pace(RateLimit(most, seconds))
    done = [at for at in moments if not pace.take(at)]
    for first, beyond in zip(done, done[most:], strict=False):
        assert beyond >= first + seconds
