"""Tabs come, look at another range, and go: the backend is asked for what is looked at."""

from collections.abc import Collection
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops_dashboard.domain.series.points import DEFAULT_SPAN, SPANS, Span
from ops_dashboard.monitor.ranges import Tab, WatchedRanges

TABS: list[Tab] = [("a", 1), ("b", 1), ("c", 1)]
A, B, _ = TABS


@pytest.fixture
def told() -> list[set[Span]]:
    """What was told so far."""
    return []


@pytest.fixture
def ranges(told: list[set[Span]]) -> WatchedRanges:
    return WatchedRanges(lambda spans: told.append(set(spans)))


def test_the_range_of_a_new_tab_counts_before_there_is_one(ranges: WatchedRanges, told: list[set[Span]]):
    assert told == [{"1h"}]


def test_a_range_is_told_when_the_first_tab_looks_at_it_and_again_when_the_last_has_left(
    ranges: WatchedRanges, told: list[set[Span]]
):
    ranges.watch(A, "24h")
    ranges.watch(B, "24h")
    assert told[1:] == [{"1h", "24h"}]
    ranges.leave(A)
    assert told[1:] == [{"1h", "24h"}]
    ranges.leave(B)
    assert told[1:] == [{"1h", "24h"}, {"1h"}]


def test_a_tab_looks_at_one_range_at_a_time(ranges: WatchedRanges, told: list[set[Span]]):
    for span in ("6h", "24h", "7d", "1h"):
        ranges.watch(A, span)
    assert told == [{"1h"}, {"1h", "6h"}, {"1h", "24h"}, {"1h", "7d"}, {"1h"}]


def test_what_changes_nothing_is_not_told(ranges: WatchedRanges, told: list[set[Span]]):
    ranges.leave(("nobody", 1))
    ranges.watch(A, "1h")
    ranges.watch(A, "1h")
    ranges.leave(A)
    ranges.leave(A)
    assert told == [{"1h"}]


@given(st.lists(st.tuples(st.sampled_from(TABS), st.sampled_from([None, *SPANS]))))
def test_what_was_told_last_is_what_the_open_tabs_look_at(steps: list[tuple[Tab, Span | None]]):
    told: list[Collection[Span]] = []
    ranges, tabs = WatchedRanges(told.append), dict[Tab, Span]()
    for tab, span in steps:
        if span is None:
            ranges.leave(tab)
            tabs.pop(tab, None)
        else:
            ranges.watch(tab, span)
            tabs[tab] = span
        assert set(told[-1]) == {*tabs.values(), DEFAULT_SPAN}
    assert all(before != after for before, after in pairwise(told))


def test_a_tab_that_is_followed_anew_counts_once(ranges: WatchedRanges):
    assert ranges.tabs == 0
    for follower in (1, 2):
        ranges.watch(("a", follower), "1h")
    ranges.watch(B, "1h")
    assert ranges.tabs == 2
    ranges.leave(A)
    assert ranges.tabs == 2
    ranges.leave(("a", 2))
    assert ranges.tabs == 1
