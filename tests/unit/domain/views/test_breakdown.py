"""Breakdowns: the parts of a whole in percent."""

from hypothesis import given
from hypothesis import strategies as st

from ops_dashboard.domain.views.breakdown import Amount, breakdown

POOL = [
    Amount("active", "active", 5, "c1"),
    Amount("idle", "idle", 3, "c3"),
    Amount("free", "free", 12, "rest"),
]


def test_parts_are_percents_of_their_sum_and_begin_where_the_one_before_ends():
    parts = breakdown("Pool", POOL, "count").parts
    assert [(p.key, p.percent, p.start) for p in parts] == [
        ("active", 25, 0),
        ("idle", 15, 25),
        ("free", 60, 40),
    ]


def test_a_greater_whole_leaves_a_rest():
    assert [p.percent for p in breakdown("Pool", POOL[:2], "count", whole=20).parts] == [25, 15]


def test_a_whole_that_is_smaller_than_its_parts_is_not_believed():
    assert [p.percent for p in breakdown("Pool", POOL[:2], "count", whole=4).parts] == [62.5, 37.5]


def test_nothing_of_nothing_is_no_percent():
    parts = breakdown("Cache", [Amount("hits", "hits", 0), Amount("misses", "misses", 0)], "count").parts
    assert [(p.percent, p.text) for p in parts] == [(0, "0"), (0, "0")]


def test_it_is_said_in_words():
    assert breakdown("Pool", POOL, "count").sentence == "active 5, idle 3, free 12"


def test_values_have_their_unit():
    (part,) = breakdown("Size", [Amount("a", "a", 1240.5)], "MB").parts
    assert (part.text, part.exact) == ("1,240 MB", "1,240.5 MB")


@given(st.lists(st.floats(-1e12, 1e12), max_size=8), st.none() | st.floats(-1e12, 1e12))
def test_percents_never_leave_the_whole(values: list[float], whole: float | None):
    drawn = breakdown("Any", [Amount(str(i), "x", v) for i, v in enumerate(values)], "count", whole=whole)
    assert all(0 <= p.percent <= 100.0001 and 0 <= p.start <= 100.0001 for p in drawn.parts)
    assert sum(p.percent for p in drawn.parts) <= 100.0001
    assert drawn.greatest == max((p.percent for p in drawn.parts), default=0)
