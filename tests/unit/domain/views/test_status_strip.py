"""A strip of statuses fills its time exactly, and says where nothing is known."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops_dashboard.domain.series.points import SPANS, Span
from ops_dashboard.domain.series.store import Store
from ops_dashboard.domain.status import Status
from ops_dashboard.domain.views.series_keys import level
from ops_dashboard.domain.views.status_strip import Stretch, status_strip
from tests.unit.domain.series.past import KEY, NOON

UP, SLOW, DOWN = Status.HEALTHY, Status.DEGRADED, Status.DOWN
HOUR = NOON - 3_600


def kept(*stretches: tuple[float, float, Status], every: int = 30) -> Store:
    """A store that was told a status every so many seconds, over each stretch."""
    store = Store()
    for begin, end, status in stretches:
        for at in range(int(begin), int(end), every):
            assert store.add(KEY, at, level(status), every)
    return store


def strip(
    store: Store, span: Span = "1h", now: float = NOON, known_until: float | None = None
) -> list[tuple[float, float, str]]:
    """What is shown of it."""
    made = status_strip(
        store.window(KEY, span, now),
        store.interval(span),
        now - SPANS[span],
        now,
        now if known_until is None else known_until,
    )
    return [(one.at, one.until, one.status) for one in made]


def test_what_stays_the_same_is_one_stretch():
    assert strip(kept((HOUR, NOON, UP))) == [(HOUR, NOON, "healthy")]


def test_a_stretch_has_the_word_of_its_status():
    made = status_strip(kept((HOUR, NOON, SLOW)).window(KEY, "1h", NOON), 30, HOUR, NOON, NOON)
    assert made == (Stretch(HOUR, NOON, "degraded", "Degraded"),)


def test_each_change_begins_a_new_one():
    store = kept((HOUR, NOON - 1_800, UP), (NOON - 1_800, NOON - 1_200, DOWN), (NOON - 1_200, NOON, UP))
    assert strip(store) == [
        (HOUR, NOON - 1_800, "healthy"),
        (NOON - 1_800, NOON - 1_200, "down"),
        (NOON - 1_200, NOON, "healthy"),
    ]


def test_a_gap_is_a_stretch_without_data_also_between_the_same_statuses():
    store = kept((HOUR, NOON - 1_800, UP), (NOON - 900, NOON, UP))
    assert strip(store) == [
        (HOUR, NOON - 1_800, "healthy"),
        (NOON - 1_800, NOON - 900, "no_data"),
        (NOON - 900, NOON, "healthy"),
    ]


def test_one_missing_sample_is_no_gap():
    store = kept((HOUR, NOON - 1_800, UP), (NOON - 1_770, NOON, UP))
    assert strip(store) == [(HOUR, NOON, "healthy")]


def test_before_the_first_sample_nothing_is_known():
    assert strip(kept((NOON - 600, NOON, DOWN))) == [
        (HOUR, NOON - 600, "no_data"),
        (NOON - 600, NOON, "down"),
    ]


def test_without_any_sample_nothing_is_known():
    assert strip(Store()) == [(HOUR, NOON, "no_data")]


def test_after_the_last_sample_nothing_is_known_once_it_is_stale():
    store = kept((HOUR, NOON - 1_800, UP))
    assert strip(store, known_until=NOON - 1_830) == [
        (HOUR, NOON - 1_830, "healthy"),
        (NOON - 1_830, NOON, "no_data"),
    ]
    assert strip(store, known_until=HOUR - 100) == [(HOUR, NOON, "no_data")]


def test_a_gap_that_goes_on_to_the_end_is_one_stretch():
    store = kept((HOUR, NOON - 1_800, UP), (NOON - 60, NOON, UP))
    assert strip(store, known_until=0)[-1] == (HOUR, NOON, "no_data")


@pytest.mark.parametrize("span", ["6h", "24h", "7d"])
def test_of_each_interval_the_worst_is_shown(span: Span):
    store = kept((NOON - SPANS[span], NOON - 1_800, UP), (NOON - 1_800, NOON - 1_770, DOWN))
    for at in range(NOON - 1_770, NOON, 30):
        store.add(KEY, at, level(UP))
    interval = store.interval(span)
    begins = (NOON - 1_800) // interval * interval
    assert [one for one in strip(store, span) if one[2] == "down"] == [
        (begins, min(begins + interval, NOON), "down")
    ]


moments = st.integers(-8_000, 4_000)


@given(
    st.lists(st.tuples(moments, st.sampled_from(list(Status))), max_size=60),
    st.sampled_from(sorted(SPANS)),
    st.floats(0, 60),
    moments,
)
def test_whatever_is_kept_the_strip_fills_its_time_exactly(
    samples: list[tuple[int, Status]], span: Span, late: float, known: int
):
    store, now = Store(), NOON + late
    for at, status in sorted(samples):
        store.add(KEY, NOON + at, level(status))
    made = strip(store, span, now, NOON + known)
    assert (made[0][0], made[-1][1]) == (now - SPANS[span], now)
    assert all(one[1] == next_one[0] for one, next_one in pairwise(made))
    assert all(at < until for at, until, _ in made)
    assert all(one[2] != next_one[2] for one, next_one in pairwise(made))
