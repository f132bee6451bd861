"""What is kept of a page, and what comes back: windows and ticks."""

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops_dashboard.domain.series.points import SPANS, Span
from ops_dashboard.domain.status import Status
from ops_dashboard.domain.views.page import PageView
from ops_dashboard.domain.views.series_keys import level
from ops_dashboard.monitor.history import TICK_POINTS, History
from tests.snapshots import NOW
from tests.unit.monitor.pages import P95, counter, figure, module_page, page_of, remembered

RATE = "cache.hits.rate"


def points(history: History, key: str, now: float, span: Span = "1h") -> list[Any]:
    return history.window([key], span, now, previous=False)["series"][key]["points"]


def values(history: History, key: str = P95) -> list[float]:
    """All samples that are kept."""
    return [sample.value for sample in history.store.last(key, 3_600)]


def test_a_value_is_kept_when_it_was_read_and_not_when_it_was_shown():
    history = History()
    history.remember(page_of(figure(812.0, at=NOW - 20)), NOW)
    assert history.store.last(P95, 9) == ((NOW - 20, 812.0),)
    assert history.store.step(P95) == 30


def test_a_reading_that_is_shown_again_is_kept_once():
    history = History()
    for now in (NOW, NOW + 1, NOW + 2):
        history.remember(page_of(figure(812.0, at=NOW)), now)
    assert values(history) == [812.0]


def test_a_number_that_stands_in_two_places_is_kept_once_even_if_they_differ():
    history = History()
    history.remember(page_of(figure(812.0), figure(5.0)), NOW)
    assert values(history) == [812.0]


def test_a_counter_that_stands_in_two_places_still_has_its_rate():
    history = remembered(counter(100))
    history.remember(page_of(counter(160, NOW + 30), counter(160, NOW + 30)), NOW + 30)
    assert values(history, RATE) == [2.0]


def test_a_counter_is_kept_as_its_growth_per_second():
    history = remembered(counter(100), counter(160, NOW + 30), counter(160, NOW + 60), counter(190, NOW + 90))
    assert values(history, RATE) == [2.0, 0.0, 1.0]
    assert "cache.hits" not in history.store


def test_a_counter_read_once_tells_nothing():
    assert RATE not in remembered(counter(100)).store


def test_a_counter_that_was_reset_misses_one_rate_and_never_has_a_negative_one():
    history = remembered(counter(100), counter(160, NOW + 30), counter(3, NOW + 60), counter(33, NOW + 90))
    assert history.store.last(RATE, 9) == ((NOW + 30, 2.0), (NOW + 90, 1.0))


def test_a_counter_shown_again_with_the_same_time_spoils_no_rate():
    history = remembered(counter(100), counter(100), counter(160, NOW + 30), counter(160, NOW + 30))
    assert values(history, RATE) == [2.0]


def test_two_different_values_of_the_same_moment_are_one_sample():
    assert values(remembered(figure(1.0), figure(2.0))) == [1.0]


def test_a_clock_put_back_forgets_what_lies_after_it_and_goes_on():
    history = remembered(*(figure(float(n), NOW + 30 * n) for n in range(60)))
    history.remember(page_of(figure(7.0, NOW + 600)), NOW + 600)
    history.remember(page_of(figure(8.0, NOW + 630)), NOW + 630)
    assert values(history)[-3:] == [19.0, 7.0, 8.0]
    assert points(history, P95, NOW + 630)[-1][1] == 8.0


def test_a_counter_whose_clock_was_put_back_has_a_rate_again_after_one_reading():
    history = remembered(counter(100, NOW + 600), counter(160, NOW), counter(190, NOW + 30))
    assert history.store.last(RATE, 9) == ((NOW + 30, 1.0),)


def test_a_source_that_vanishes_and_returns_leaves_one_gap():
    history = remembered(*(figure(5.0, NOW + 30 * n) for n in range(20)))
    for n in range(20, 50):
        history.remember(page_of(figure(5.0, NOW + 570, display="stale")), NOW + 30 * n)
        history.remember(PageView(), NOW + 30 * n)
    for n in range(50, 60):
        history.remember(page_of(figure(6.0, NOW + 30 * n)), NOW + 30 * n)
    found = points(history, P95, NOW + 1_770)
    assert found.count(None) == 1
    before, after = found[found.index(None) - 1], found[found.index(None) + 1]
    assert (before[0], before[1]) == (NOW + 570, 5.0)
    assert (after[0], after[1]) == (NOW + 1_500, 6.0)


@pytest.mark.parametrize(
    "value", [math.nan, math.inf, -math.inf, 1e39, 10**400, "812", b"1", True, [], {}, None], ids=repr
)
@pytest.mark.parametrize("made", [figure, counter])
def test_what_is_no_number_never_gets_in(made: Any, value: object):
    history = remembered(made(value), made(value, NOW + 30))
    assert len(history.store) == 0


def test_numbers_go_on_after_one_that_is_none():
    history = remembered(figure(1.0), figure(math.nan, NOW + 30), figure(3.0, NOW + 60))
    assert values(history) == [1.0, 3.0]
    counts = remembered(counter(0), counter(math.nan, NOW + 30), counter(60, NOW + 60), counter(90, NOW + 90))
    assert values(counts, RATE) == [1.0]


def test_statuses_are_kept_as_their_levels():
    history = History()
    history.remember(module_page(["search"]), NOW)
    assert values(history, "modules.search.status") == [level(Status.HEALTHY)]


@pytest.mark.parametrize("span", SPANS)
def test_a_tick_is_the_end_of_the_window(span: Span):
    history = remembered(*(figure(float(n), NOW + 30 * n) for n in range(200)))
    for now in (NOW + 5_970, NOW + 5_971, NOW + 5_999.9):
        tick = history.tick([P95, "nothing"], span, now)
        assert (tick["range"], tick["at"]) == (span, now)
        assert tick["series"] == {P95: points(history, P95, now, span)[-TICK_POINTS:], "nothing": []}
        assert len(tick["series"][P95]) == TICK_POINTS


def test_a_tick_carries_the_gap_that_ended_with_its_newest_point():
    history = remembered(figure(1.0), figure(2.0, NOW + 900))
    assert history.tick([P95], "1h", NOW + 900)["series"][P95] == [None, [NOW + 900, 2.0, 2.0, 2.0, 2.0]]


def test_each_series_says_from_when_on_it_is_known():
    history = remembered(figure(1.0), figure(2.0, NOW + 30))
    told = history.window([P95, "nothing"], "24h", NOW + 30, previous=True)["series"]
    assert told[P95]["since"] == NOW
    assert told["nothing"] == {"since": None, "points": [], "previous": []}


def test_a_past_that_is_adopted_goes_under_what_was_read_since():
    older = remembered(*(figure(1.0, NOW + 30 * n) for n in range(-100, 0))).store
    older.add("of.old", NOW - 60, 9.0)
    history = remembered(figure(2.0), figure(3.0, NOW + 30))
    history.adopt(older)
    assert values(history)[-4:] == [1.0, 1.0, 2.0, 3.0]
    assert values(history, "of.old") == [9.0]
    assert history.store.known_since(P95) == NOW - 3_000
    history.remember(page_of(figure(4.0, NOW + 60)), NOW + 60)
    assert values(history)[-3:] == [2.0, 3.0, 4.0]


def test_a_tick_after_a_past_was_adopted_has_that_past_in_it():
    older, history = remembered(figure(1.0, NOW - 1)).store, remembered(figure(3.0))
    before = history.tick([P95], "1h", NOW)
    history.adopt(older)
    after = history.tick([P95], "1h", NOW)
    assert before != after == history.tick([P95], "1h", NOW)
    assert (
        after["series"][P95] == history.window([P95], "1h", NOW, previous=False)["series"][P95]["points"][-2:]
    )


moments = st.integers(-7_200, 7_200) | st.floats(-100, 100)
numbers = st.floats() | st.integers() | st.integers(-5, 100) | st.none() | st.text(max_size=2)


@given(st.lists(st.tuples(moments, numbers, st.booleans(), st.sampled_from(["value", "stale"])), max_size=40))
def test_whatever_is_read_in_whatever_order_nothing_raises_and_nothing_odd_comes_out(readings: list[Any]):
    history, now = History(), NOW
    for late, value, counted, display in readings:
        now = NOW + late
        made = counter(value, now) if counted else figure(value, now, display=display)
        history.remember(page_of(made), now)
    for span in SPANS:
        told = history.window([P95, RATE], span, now, previous=True)
        json.dumps(told, allow_nan=False)
        tick = history.tick([P95, RATE], span, now)
        for key, one in told["series"].items():
            assert tick["series"][key] == one["points"][-TICK_POINTS:]
            assert all(
                low <= mean <= high and low <= last <= high
                for _, mean, low, high, last in filter(None, one["points"])
            )
    assert all(rate >= 0 for rate in values(history, RATE))
