"""The latest events in the browser: what is read of the rows, which types there are, what they cover."""

import json
from typing import Any

import pytest

from tests.unit.ui.javascript import evaluate

COLUMNS = [{"key": key} for key in ("at", "type", "priority", "correlation_id", "details")]
ROWS = [
    [30, "a", "HIGH", "c3", "{}"],
    [20, "b", None, "c2", "{}"],
    [10, "a", None, None, None],
    [10, "a", None, None, None],
]


def _told(expression: str) -> Any:
    events = f"m.eventsOf({json.dumps(COLUMNS)}, {json.dumps(ROWS)})"
    return evaluate("ops_event_list.js", f"((events) => {expression})({events})")


def test_rows_are_read_by_the_names_of_their_columns():
    first = _told("events[0]")
    assert first == {
        "at": 30,
        "type": "a",
        "priority": "HIGH",
        "correlation": "c3",
        "details": "{}",
        "id": "c3 30 a 0",
    }


def test_each_event_has_a_name_of_its_own_even_where_two_are_alike():
    ids = _told("events.map(({ id }) => id)")
    assert len(set(ids)) == len(ROWS)


def test_types_are_counted_the_most_frequent_first():
    assert _told("m.typesOf([...events, { type: null }])") == [["a", 3], ["b", 1], ["no type reported", 1]]


@pytest.mark.parametrize(("chosen", "count"), [("", 4), ("a", 3), ("b", 1), ("c", 0)])
def test_one_type_can_be_chosen(chosen: str, count: int):
    assert _told(f"m.ofType(events, {json.dumps(chosen)}).length") == count


def test_what_came_since_is_counted():
    assert _told("m.newer(events, events.slice(1))") == 1
    assert _told("m.newer(events, [])") == 4


def test_the_time_they_cover_is_that_from_the_oldest_to_the_newest():
    assert _told("m.covered(events)") == 20
    assert _told("m.covered(events.slice(0, 1))") is None
    assert _told("m.covered([{ at: null }, { at: null }])") is None
