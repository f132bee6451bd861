import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops_dashboard.domain.series.points import SPANS, Gap, Point, Span
from ops_dashboard.domain.series.store import Store
from ops_dashboard.domain.series.window import width_of
from tests.unit.domain.series.past import KEY, NOON, filled, gaps_of, hours, points_of

A_WEEK = filled([*hours(168, 300)[:-288], *hours(24)])
"""Twice as fine as is kept for the last day, coarser before it."""


@pytest.mark.parametrize(("span", "points"), [("1h", 120), ("6h", 120), ("24h", 96), ("7d", 112)])
def test_every_span_is_filled_without_a_gap(span: Span, points: int):
    window = A_WEEK.window(KEY, span, NOON - 1)
    assert len(window) == points
    assert not gaps_of(window)
    assert window[0].at == NOON - SPANS[span]


@pytest.mark.parametrize("span", SPANS)
@pytest.mark.parametrize("points", [2, 7, 40, 70, 120])
def test_no_window_has_more_points_than_asked_for(span: Span, points: int):
    assert 1 <= len(A_WEEK.window(KEY, span, NOON + 17.3, points)) <= points


@pytest.mark.parametrize("points", [0, -1, 121])
def test_an_impossible_number_of_points_is_refused(points: int):
    with pytest.raises(ValueError, match="1 to 120"):
        A_WEEK.window(KEY, "1h", NOON, points)


@given(st.sampled_from(sorted(SPANS)), st.integers(1, 120), st.sampled_from([1, 60, 300, 1_800]))
def test_intervals_divide_the_span_evenly(span: Span, points: int, step: int):
    width = width_of(span, points, step)
    assert SPANS[span] % width == 0
    assert width % step == 0
    assert SPANS[span] // width <= points


def test_a_point_tells_lowest_mean_highest_and_last():
    store = Store()
    for second, value in enumerate((5.0, 1.0, 9.0, 3.0)):
        store.add(KEY, NOON + second, value)
    for span in SPANS:
        assert points_of(store.window(KEY, span, NOON + 5))[-1][1:] == (1.0, 4.5, 9.0, 3.0)


def test_a_step_change_shows_in_every_span():
    store = Store()
    for at in hours(2):
        store.add(KEY, at, 10.0 if at < NOON - 600 else 70.0)
    for span in SPANS:
        points = points_of(store.window(KEY, span, NOON - 1))
        assert points[0].low == 10.0
        assert points[-1].high == points[-1].last == 70.0


def test_one_spike_survives_the_rollups():
    store = Store()
    for at in hours(5):
        store.add(KEY, at, 900.0 if at == NOON - 4 * 3_600 else 2.0)
    for span in ("6h", "24h", "7d"):
        assert max(point.high for point in points_of(store.window(KEY, span, NOON))) == 900.0


def test_a_time_without_data_stays_a_gap():
    moments = [at for at in hours(2) if not NOON - 1_800 <= at < NOON - 1_200]
    store = filled(moments)
    assert gaps_of(store.window(KEY, "1h", NOON - 1)) == [Gap(NOON - 1_800)]
    window = store.window(KEY, "6h", NOON - 1)
    assert len(gaps_of(window)) == 1
    assert [item.at for item in window] == sorted({item.at for item in window})


def test_one_missed_sample_is_no_gap():
    assert not gaps_of(filled(at for at in hours(1) if at != NOON - 900).window(KEY, "1h", NOON))


@pytest.mark.parametrize("step", [60, 120, 300])
def test_a_slow_source_has_no_gaps(step: int):
    store = filled(hours(24, step), step=step)
    for span in SPANS:
        assert not gaps_of(store.window(KEY, span, NOON))


def test_a_source_that_is_read_less_often_from_now_on_has_no_gaps():
    store = filled(hours(1))
    for at in range(NOON, NOON + 3_000, 300):
        store.add(KEY, at, 1.0, step=300)
    assert not gaps_of(store.window(KEY, "1h", NOON + 3_000))


@pytest.mark.parametrize("steps", [(300, 30), (300, 1), (120, 5, 300), (1, 60), (900, 5, 900, 5)])
@pytest.mark.parametrize("restarted", [False, True])
def test_change_of_pace_makes_no_gap_in_the_past(steps: tuple[int, ...], restarted: bool):
    store, at = Store(), NOON - 1_800 * len(steps)
    for step in steps:
        if restarted:
            data, store = store.dump(), Store()
            store.load(data)
        for _ in range(1_800 // step):
            store.add(KEY, at, 1.0, step)
            at += step
    for span in SPANS:
        assert not gaps_of(store.window(KEY, span, NOON))


def test_outage_at_each_pace_stays_a_gap():
    store = Store()
    for begun, step in ((NOON - 3_600, 60), (NOON - 1_800, 5)):
        for at in range(begun, begun + 1_800, step):
            if not begun + 600 <= at < begun + 1_200:
                store.add(KEY, at, 1.0, step)
    assert [gap.at for gap in gaps_of(store.window(KEY, "1h", NOON - 1))] == [NOON - 3_030, NOON - 1_200]


def test_pace_that_changes_all_the_time_stays_small():
    store = Store()
    for number, at in enumerate(range(NOON - 7_200, NOON, 40)):
        store.add(KEY, at, 1.0, step=1 if number % 2 else 40)
    assert len(store.dump()) < len(filled(hours(2)).dump()) + 2_000
    assert not gaps_of(store.window(KEY, "6h", NOON))


def test_a_source_that_vanishes_and_returns_has_a_gap_in_every_span():
    store = filled([*hours(120)[: 2 * 60], *hours(0.2)])
    assert len(gaps_of(store.window(KEY, "7d", NOON))) == 1
    assert not gaps_of(store.window(KEY, "1h", NOON))


def test_a_point_once_closed_never_changes_its_place():
    store = Store()
    seen: dict[int, Point] = {}
    for at in hours(2, 7):
        store.add(KEY, at, at % 100)
        window = points_of(store.window(KEY, "1h", at))
        assert all(seen[point.at] == point for point in window[:-2] if point.at in seen)
        seen |= {point.at: point for point in window[:-1]}


def test_finer_and_coarser_times_join_without_a_gap():
    store = filled(hours(30))
    for at in range(NOON, NOON + 2_000, 30):
        store.add(KEY, at, 1.0)
        for span in SPANS:
            assert not gaps_of(store.previous(KEY, span, at))


def test_nothing_is_shown_of_a_time_before_the_first_sample_or_within_an_outage():
    store = filled([*hours(3)[:60], *range(NOON - 1_000, NOON, 30)])
    assert points_of(store.window(KEY, "1h", NOON))[0].at == (NOON - 1_000) // 30 * 30
    assert points_of(store.window(KEY, "1h", NOON))[0].last == 60.0
    fresh = filled(range(NOON + 1_234, NOON + 1_500, 30))
    for span, width in zip(SPANS, (30, 180, 900, 5_400), strict=True):
        assert fresh.window(KEY, span, NOON + 1_500)[0].at == (NOON + 1_234) // width * width


def test_nothing_after_now_is_shown():
    assert points_of(A_WEEK.window(KEY, "1h", NOON - 600))[-1].at <= NOON - 600


@pytest.mark.parametrize("span", ["1h", "6h", "24h"])
def test_the_period_before_lies_on_the_same_grid(span: Span):
    before = points_of(A_WEEK.previous(KEY, span, NOON - 1))
    grid = {point.at for point in points_of(A_WEEK.window(KEY, span, NOON - 1))}
    assert len(before) >= 48
    assert {point.at + SPANS[span] for point in before} <= grid
    assert not gaps_of(A_WEEK.previous(KEY, span, NOON - 1))


def test_the_week_before_is_not_held():
    assert A_WEEK.previous(KEY, "7d", NOON) == ()


def test_an_unknown_key_has_nothing():
    store = Store()
    assert store.window("x", "1h", NOON) == store.previous("x", "1h", NOON) == store.last("x", 5) == ()
    assert store.known_since("x") is None
