import math
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops_dashboard.domain.series.points import SPANS, Sample, Span, readings
from ops_dashboard.domain.series.store import BRIEF_SECONDS, HELD_SECONDS, MOST_SERIES, Store
from tests.unit.domain.series.past import KEY, NOON, filled, gaps_of, hours, points_of

DAY = 86_400


@pytest.mark.parametrize(
    "value", [math.nan, math.inf, -math.inf, 1e39, 10**400, None, "812", True, [], {}, b"1", 1j]
)
def test_what_is_no_number_is_left_out(value: object):
    store = Store()
    assert not store.add(KEY, NOON, value)
    assert not store.add(KEY, value, 1.0)
    assert KEY not in store


def test_a_value_of_the_same_second_replaces_the_earlier_one():
    store = Store()
    for value in (5.0, 900.0, 6.0):
        store.add(KEY, NOON + 0.4, value)
    assert store.last(KEY, 9) == (Sample(NOON, 6.0),)
    for span in SPANS:
        assert points_of(store.window(KEY, span, NOON))[-1][1:] == (6.0, 6.0, 6.0, 6.0)


def test_a_late_sample_goes_where_it_belongs():
    store = filled([NOON, NOON + 60])
    store.add(KEY, NOON + 20, 7.0)
    assert store.last(KEY, 9) == (Sample(NOON, 0.0), Sample(NOON + 20, 7.0), Sample(NOON + 60, 1.0))
    assert [point.last for point in points_of(store.window(KEY, "6h", NOON + 60))] == [1.0]
    assert points_of(store.window(KEY, "6h", NOON + 60))[0].high == 7.0


def test_a_clock_put_back_forgets_what_lies_after_it():
    store = filled(hours(3))
    store.add(KEY, NOON - 3_000, 5_000.0)
    assert store.last(KEY, 1) == (Sample(NOON - 3_000, 5_000.0),)
    for span in SPANS:
        window = points_of(store.window(KEY, span, NOON))
        assert window[-1].at <= NOON - 3_000
        assert window[-1].last == 5_000.0
        assert {point.high for point in window if point.high > 260} == {5_000.0}


def test_a_clock_put_back_beyond_the_last_hour_keeps_what_came_before():
    store = filled(hours(30))
    for at in range(NOON - DAY, NOON - DAY + 300, 30):
        assert store.add(KEY, at, 1.0)
    assert store.known_since(KEY) == hours(30)[0]
    assert points_of(store.window(KEY, "24h", NOON - DAY + 300))[0].last < 1_000


def test_a_clock_wrong_for_one_reading_costs_nothing():
    store, same = filled(hours(24)), filled(hours(24))
    store.add(KEY, NOON + 400 * DAY, 1.0)
    for both in (store, same):
        both.add(KEY, NOON, 7.0)
    for span in SPANS:
        assert store.window(KEY, span, NOON) == same.window(KEY, span, NOON)


def test_it_tells_since_when_it_knows():
    store = filled(hours(2))
    assert store.known_since(KEY) == NOON - 7_200
    late = filled([NOON])
    late.add(KEY, NOON - 40, 1.0)
    assert late.known_since(KEY) == NOON - 40
    store = filled(range(NOON - 9 * DAY, NOON, 600), step=600)
    assert NOON - 7 * DAY - 3_600 <= (store.known_since(KEY) or 0) <= NOON - 7 * DAY


def test_a_full_store_refuses_a_new_series_and_keeps_the_known():
    store = Store(most=2)
    assert [store.add(key, NOON, 1.0) for key in ("a", "b", "c", "a")] == [True, True, False, True]
    assert list(store) == ["a", "b"]


def test_a_series_vanished_for_a_week_makes_room():
    store = Store(most=2)
    for key, at in (("a", NOON), ("b", NOON), ("b", NOON + 5 * DAY), ("c", NOON + HELD_SECONDS + 1)):
        assert store.add(key, at, 1.0)
    assert list(store) == ["b", "c"]
    store.expire(NOON + 5 * DAY + HELD_SECONDS + 1)
    assert list(store) == ["c"]


def test_names_that_were_made_up_make_room_and_what_was_read_for_long_does_not():
    store = Store(most=10)
    for minute in range(60):
        assert store.add("p95", NOON + 60 * minute, 1.0)
    silent_since = NOON + 59 * 60
    for n in range(20):
        store.add(f"made up {n}", silent_since, 1.0)
    assert len(store) == 10
    assert not store.add("hit rate", silent_since + BRIEF_SECONDS - 1, 1.0), "they may come back yet"
    assert store.add("hit rate", silent_since + BRIEF_SECONDS + 60, 1.0)
    assert list(store) == ["p95", "hit rate"]


def test_a_source_that_returns_within_the_week_goes_on():
    store = filled(hours(1))
    store.expire(NOON + 6 * DAY)
    store.add(KEY, NOON + 6 * DAY, 5.0)
    assert len(gaps_of(store.window(KEY, "7d", NOON + 6 * DAY))) == 1


@pytest.mark.parametrize("step", [1, 30])
def test_three_hundred_full_series_fit_into_twenty_megabytes(step: int):
    moments = [*range(NOON - 8 * DAY, NOON - DAY, 1_800), *hours(24, 60), *range(NOON, NOON + 3_700, step)]
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        store = filled(moments)
        used = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()
    assert used * MOST_SERIES <= 20_000_000
    assert store.size <= used <= store.size + 4_000


def test_memory_stays_bounded_whatever_the_times():
    store = filled(range(NOON, NOON + 40_000))
    once = store.size
    for at in range(NOON + 40_000, NOON + 80_000):
        store.add(KEY, at, 1.0)
    assert store.size <= 1.1 * once


readings_in_any_order = st.lists(
    st.tuples(
        st.integers(NOON - 3 * DAY, NOON) | st.floats(NOON - 100, NOON + 100) | st.floats(),
        st.floats() | st.integers() | st.none() | st.text(max_size=2),
    ),
    max_size=60,
)


@given(readings_in_any_order)
def test_nothing_raises_and_every_window_is_in_order(given_readings: list[tuple[object, object]]):
    store = Store()
    for at, value in given_readings:
        store.add(KEY, at, value)
    for span in SPANS:
        for window in (store.window(KEY, span, NOON), store.previous(KEY, span, NOON)):
            times = [item.at for item in window]
            assert times == sorted(set(times))
            assert len(times) <= 120
            for point in points_of(window):
                assert point.low <= point.mean <= point.high
                assert point.low <= point.last <= point.high


@given(
    st.lists(st.integers(0, 3_599), min_size=1, unique=True),
    st.lists(st.floats(-1e6, 1e6, width=32), min_size=1),
)
def test_each_value_counts_once_in_every_span(seconds: list[int], values: list[float]):
    samples = [(at, values[at % len(values)]) for at in sorted(seconds)]
    store = Store()
    for at, value in samples:
        store.add(KEY, NOON - 3_600 + at, value)
    expected = sum(value for _, value in samples) / len(samples)
    for span in SPANS:
        [point] = points_of(store.window(KEY, span, NOON - 1, points=1))
        assert point.mean == pytest.approx(expected, rel=1e-5, abs=1e-2)
        assert (point.low, point.high) == pytest.approx((min(store_values(store)), max(store_values(store))))
        assert point.last == pytest.approx(samples[-1][1], rel=1e-6)


def store_values(store: Store) -> list[float]:
    return [sample.value for sample in store.last(KEY, 3_600)]


@given(st.permutations(range(0, 60, 5)))
def test_within_a_minute_the_order_of_arrival_does_not_matter(order: list[int]):
    store, sorted_store = Store(), Store()
    for at in order:
        store.add(KEY, NOON + at, float(at))
    for at in sorted(order):
        sorted_store.add(KEY, NOON + at, float(at))
    for span in SPANS:
        assert store.window(KEY, span, NOON + 60) == sorted_store.window(KEY, span, NOON + 60)


@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=50))
def test_a_rising_series_has_rising_points(values: list[float]):
    store = Store()
    for number, value in enumerate(sorted(values)):
        store.add(KEY, NOON + 30 * number, value)
    for span in SPANS:
        means = [point.mean for point in points_of(store.window(KEY, span, NOON + 3_000))]
        assert means == sorted(means)


def test_readings_leave_gaps_out():
    store = filled([*hours(1)[:20], *hours(0.1)])
    window = store.window(KEY, "1h", NOON)
    assert len(readings(window)) == len(points_of(window)) == len(window) - 1


@pytest.mark.parametrize("span", SPANS)
def test_what_was_read_a_span_ago_is_found_within_two_intervals(span: Span) -> None:
    store, now = Store(), 1_800_000_000
    for at in range(now - SPANS[span] - 3_600, now - SPANS[span] + 3_601, 30):
        store.add("x", at, at - (now - SPANS[span]))
    found = store.ago("x", span, now)
    assert found is not None and 0 <= found.at - (now - SPANS[span]) <= store.interval(span)
    assert store.ago("y", span, now) is None


def test_nothing_near_a_span_ago_is_no_value_of_then() -> None:
    store, now = Store(), 1_800_000_000
    for at in (now - 3_600 - 300, now - 3_000, now):
        store.add("x", at, 1.0)
    assert store.ago("x", "1h", now) is None


@pytest.mark.parametrize("cut", [1, 59, 60, 61, 300, 3_600, 7_000])
def test_extended_store_holds_what_one_alone_would_hold(cut: int):
    moments = range(NOON, NOON + 7_200, 7)
    whole, older, newer = Store(), Store(), Store()
    for number, at in enumerate(moments):
        for store in (whole, older if at < NOON + cut else newer):
            store.add(KEY, at, float(number % 50))
    older.extend(newer)
    now = NOON + 7_200
    assert older.last(KEY, 9_999) == whole.last(KEY, 9_999)
    for span in SPANS:
        found, expected = (points_of(one.window(KEY, span, now)) for one in (older, whole))
        assert [point.at for point in found] == [point.at for point in expected]
        for one, other in zip(found, expected, strict=True):
            assert one[1:] == pytest.approx(other[1:], rel=1e-4)


def test_extended_store_takes_keys_it_did_not_have():
    older, newer = Store(most=2), Store()
    older.add("a", NOON, 1.0)
    for key in ("a", "b", "c"):
        newer.add(key, NOON + 60, 2.0)
    older.extend(newer)
    assert list(older) == ["a", "b"]
    assert older.last("a", 9) == (Sample(NOON, 1.0), Sample(NOON + 60, 2.0))


def test_rollups_of_a_long_run_outlast_the_extension():
    older, newer = Store(), Store()
    older.add(KEY, NOON, 1.0)
    for at in range(NOON + DAY, NOON + DAY + 4 * 3_600, 30):
        newer.add(KEY, at, 2.0)
    older.extend(newer)
    points = points_of(older.window(KEY, "6h", NOON + DAY + 4 * 3_600))
    assert points[0].at == NOON + DAY


def test_extended_store_keeps_both_paces():
    older, newer = Store(), Store()
    for at in range(NOON, NOON + 1_800, 300):
        older.add(KEY, at, 1.0, step=300.0)
    for at in range(NOON + 1_800, NOON + 3_000, 30):
        newer.add(KEY, at, 2.0, step=30.0)
    older.extend(newer)
    assert gaps_of(older.window(KEY, "1h", NOON + 3_000)) == []
