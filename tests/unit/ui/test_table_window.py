"""Which rows of a long table are in the document."""

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.ui.javascript import evaluate


def pieces(**asked: Any) -> list[tuple[int, int]]:
    found = evaluate(
        "ops_table_window.js", f"m.drawnPieces({json.dumps({'height': 240, 'first': 0, **asked})})"
    )
    return [(piece["from"], piece["to"]) for piece in found]


def test_a_short_table_is_there_as_a_whole():
    assert pieces(count=0) == [(0, 0)]
    assert pieces(count=100, first=90) == [(0, 100)]


def test_of_a_long_table_what_is_in_sight_and_a_little_beyond():
    assert pieces(count=5_000) == [(0, 18)]
    assert pieces(count=5_000, first=1_000) == [(992, 1_018)]
    assert pieces(count=5_000, first=4_990) == [(4_982, 5_000)]


def test_a_list_that_became_shorter_than_it_was_scrolled_shows_its_end():
    assert pieces(count=101, first=4_000) == [(83, 101)]


def test_the_row_with_the_focus_stays_wherever_it_is():
    assert pieces(count=500, first=200, pinned=3) == [(3, 4), (192, 218)]
    assert pieces(count=500, first=200, pinned=400) == [(192, 218), (400, 401)]
    assert pieces(count=500, first=200, pinned=210) == [(192, 218)]
    assert pieces(count=500, first=200, pinned=500) == [(192, 218)]


CASES = st.lists(
    st.fixed_dictionaries(
        {
            "count": st.integers(0, 6_000),
            "first": st.integers(0, 6_000),
            "height": st.integers(0, 2_000),
            "pinned": st.integers(-1, 6_000),
        }
    ),
    min_size=50,
    max_size=100,
)


@settings(max_examples=5, deadline=None)
@given(CASES)
def test_pieces_are_in_order_do_not_overlap_and_hold_every_row_in_sight(cases: list[dict[str, int]]):
    found = evaluate("ops_table_window.js", f"{json.dumps(cases)}.map(m.drawnPieces)")
    for case, parts in zip(cases, found, strict=True):
        edges = [edge for part in parts for edge in (part["from"], part["to"])]
        assert edges == sorted(edges) and edges[0] >= 0 and edges[-1] <= case["count"]
        drawn = {row for part in parts for row in range(part["from"], part["to"])}
        seen = range(case["first"], min(case["count"], case["first"] + case["height"] // 28 + 1))
        assert drawn.issuperset(seen)
        if 0 <= case["pinned"] < case["count"]:
            assert case["pinned"] in drawn
        assert len(drawn) <= max(100, case["height"] // 28 + 20)
