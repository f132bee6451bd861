"""The order of a table's rows: by value, with what is not reported last."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.ui.javascript import evaluate


def ordered(cells: list[Any], descending: bool) -> list[Any]:
    rows = json.dumps([[cell] for cell in cells])
    return evaluate(
        "ops_table_order.js", f"m.sorted({rows}, 0, {json.dumps(descending)}).map(([cell]) => cell)"
    )


@pytest.mark.parametrize("descending", [True, False])
def test_numbers_are_sorted_by_value_with_what_is_not_reported_last(descending: bool):
    assert ordered([9, None, 10, -1, 100, None, 0.5], descending) == [
        *sorted([9, 10, -1, 100, 0.5], reverse=descending),
        None,
        None,
    ]


@pytest.mark.parametrize("descending", [True, False])
def test_texts_are_sorted_as_people_do(descending: bool):
    names = ["item 2", "Item 9", "item 10", "ítem 11", "zebra"]
    expected = list(reversed(names)) if descending else names
    assert ordered([names[3], names[1], names[4], None, names[0], names[2]], descending) == [*expected, None]


def test_yes_and_no_are_sorted_too():
    assert ordered([False, None, True, False], True) == [True, False, False, None]


@pytest.mark.parametrize("descending", ["true", "false"])
def test_equals_keep_their_order_in_both_directions(descending: str):
    rows = "[['a', 1], ['b', 2], ['c', 1], ['d', null], ['e', 2], ['f', null]]"
    names = evaluate(
        "ops_table_order.js", f"m.sorted({rows}, 1, {descending}).map(([name]) => name).join('')"
    )
    assert names == ("beac" if descending == "true" else "acbe") + "df"


def test_the_rows_given_stay_as_they_are():
    assert evaluate(
        "ops_table_order.js", "((rows) => (m.sorted(rows, 0, true), rows))(Object.freeze([[1], [3], [2]]))"
    ) == [[1], [3], [2]]


MIXED = st.lists(st.none() | st.booleans() | st.integers(-9, 9) | st.text("aé1 ", max_size=3), max_size=30)


@settings(max_examples=10, deadline=None)
@given(MIXED)
def test_cells_of_any_kinds_side_by_side_have_one_order(cells: list[Any]):
    up = ordered(cells, False)
    kept = [cell for cell in cells if cell is not None]
    assert sorted(map(repr, up)) == sorted(map(repr, cells))
    assert None not in up[: len(kept)]
    assert ordered(up, False) == up


def test_a_press_turns_the_sort_round_and_a_new_column_begins_with_what_tells_most():
    sorts = evaluate(
        "ops_table_order.js",
        "[[null, 'number'], [{key: 'x', isDescending: true}, 'number'], [null, 'text'], [null, 'code'],"
        " [null, 'moment'], [{key: 'other', isDescending: false}, 'yes']]"
        ".map(([sort, kind]) => m.nextSort(sort, {key: 'x', kind}).isDescending)",
    )
    assert sorts == [True, False, False, False, True, True]


def test_rows_of_one_name_are_told_apart_and_keep_their_names():
    names = evaluate(
        "ops_table_order.js", "[...m.named([['a', 1], ['b', 2], ['a', 3], [null, 4], ['1 a', 5]]).values()]"
    )
    assert len(set(names)) == 5
    again = evaluate("ops_table_order.js", "[...m.named([['new', 0], ['a', 9], ['b', 9]]).values()]")
    assert again[1:] == names[:2]
