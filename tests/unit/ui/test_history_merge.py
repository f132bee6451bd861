"""How answers and ticks become the points of a series."""

import json
from typing import Any

import pytest

from tests.unit.ui.javascript import evaluate, run

AT = {"at": 1090, "seconds": 120, "step": 30}
ASKED = {"range": "1h", "keys": ["a"], "previous": True}


def _p(t: float, value: float = 5) -> list[float]:
    return [t, value, value, value]


def _answer(points: Any, **more: Any) -> dict[str, Any]:
    return {
        "range": "1h",
        "seconds": 3600,
        "step": 30,
        "at": 1000,
        "series": {"a": {"since": 400, "points": points, "previous": None}},
        **more,
    }


def _read(body: Any) -> Any:
    return evaluate("ops_history_merge.js", f"m.readAnswer({json.dumps(body)}, {json.dumps(ASKED)})")


def _advanced(points: list[Any], entries: Any, previous: list[Any] | None = None) -> Any:
    series = {"since": 400, "points": points, "previous": previous}
    call = ", ".join(map(json.dumps, (series, entries, AT)))
    return evaluate("ops_history_merge.js", f"m.advanced({call})")


def _points(points: list[Any], entries: Any) -> list[Any]:
    return _advanced(points, entries)["points"]


def test_an_answer_gives_every_asked_series_its_points():
    read = _read(_answer([_p(900), None, _p(990)]))
    assert read["step"] == 30
    assert read["series"] == {"a": {"since": 400, "points": [_p(900), None, _p(990)], "previous": []}}


def test_a_series_the_server_does_not_know_is_empty():
    assert _read(_answer([], series={}))["series"]["a"] == {"since": None, "points": [], "previous": []}


@pytest.mark.parametrize(
    "garbage",
    [
        ["900", 1, 1, 1],
        [900, None, 1, 1],
        [900, 1],
        "x",
        {"t": 900},
        [],
        7,
        [900, 1, 1, "1"],
        [[900], 1, 1, 1],
        [1e300, 1, 1, 1],
        [0, 1, 1, 1],
    ],
)
def test_what_is_no_point_is_dropped(garbage: Any):
    assert _read(_answer([_p(870), garbage, _p(930)]))["series"]["a"]["points"] == [_p(870), _p(930)]


@pytest.mark.parametrize("points", ["text", None, 5, {"0": [1, 1, 1, 1]}, [None, None], [[]], [[None] * 4]])
def test_points_that_are_none_at_all_give_an_empty_series(points: Any):
    assert _read(_answer(points))["series"]["a"]["points"] == []


@pytest.mark.parametrize(
    "body",
    [
        None,
        "text",
        [],
        _answer([], range="6h"),
        _answer([], seconds="3600"),
        _answer([], step=0),
        _answer([], at=None),
    ],
)
def test_what_is_no_answer_to_the_question_is_refused(body: Any):
    assert _read(body) is None


def test_points_out_of_order_are_dropped_and_gaps_are_single():
    disordered = [None, _p(900), _p(930), _p(870), None, None, _p(960), _p(960, 6)]
    assert _read(_answer(disordered))["series"]["a"]["points"] == [_p(900), _p(930), None, _p(960, 6)]


def test_points_of_the_future_are_dropped():
    assert _read(_answer([_p(990), _p(1030), _p(1031)]))["series"]["a"]["points"] == [_p(990), _p(1030)]
    assert _points([_p(1050)], [_p(1080), _p(1500)]) == [_p(1050), _p(1080)]


@pytest.mark.parametrize("since", ["400", None, True, 1e300, []])
def test_a_beginning_that_is_no_moment_is_unknown(since: Any):
    body = _answer([], series={"a": {"since": since, "points": []}})
    assert _read(body)["series"]["a"]["since"] is None


def test_a_series_holds_a_bounded_number_of_points():
    many = [_p(1000 + i / 100) for i in range(3000)]
    assert len(_read(_answer(many))["series"]["a"]["points"]) == 300


def test_a_tick_replaces_equal_times_and_appends_later_ones():
    known = [_p(1020), _p(1050, 1)]
    assert _points(known, [_p(1050, 2), _p(1080)]) == [_p(1020), _p(1050, 2), _p(1080)]
    assert _points(known, [_p(1020, 3), _p(1050, 4)]) == [_p(1020, 3), _p(1050, 4)]


def test_the_same_tick_again_changes_nothing():
    once = _points([_p(1020), _p(1050)], [_p(1050, 2), None])
    assert once == [_p(1020), _p(1050, 2), None]
    assert _points(once, [_p(1050, 2), None]) == once


def test_a_gap_stands_before_the_point_that_follows_it():
    assert _points([_p(990)], [None, _p(1080)]) == [_p(990), None, _p(1080)]
    assert _points([_p(990), _p(1080)], [None, _p(1080, 6)]) == [_p(990), None, _p(1080, 6)]


def test_points_that_left_the_window_are_dropped():
    assert _points([_p(900), None, _p(960), _p(970), _p(1020)], [_p(1080)]) == [_p(970), _p(1020), _p(1080)]
    assert _points([_p(900)], []) == []


def test_what_leaves_the_window_enters_the_period_before():
    after = _advanced([_p(960), _p(1050)], [_p(1080)], previous=[_p(840), _p(870), _p(930)])
    assert after["previous"] == [_p(870), _p(930), _p(960)]
    assert after["points"] == [_p(1050), _p(1080)]


def test_what_was_not_asked_for_is_not_gathered():
    assert _advanced([_p(960), _p(1050)], [_p(1080)])["previous"] is None


@pytest.mark.parametrize("entries", [None, "x", 5, {"a": 1}, [["a", "b"]]])
def test_a_tick_of_garbage_leaves_the_points_as_they_are(entries: Any):
    assert _points([_p(1050)], entries) == [_p(1050)]


@pytest.mark.parametrize(
    ("known", "entries", "behind"),
    [
        ([_p(1000)], [_p(1000), _p(1030)], False),
        ([_p(1000)], [_p(1030), _p(1060)], False),
        ([_p(1000)], [_p(1060), _p(1090)], True),
        ([_p(1000), None], [None, _p(1090)], True),
        ([], [_p(1030)], False),
        ([], [_p(1060), _p(1090)], True),
        ([_p(1000)], [], False),
        ([_p(1000)], "x", False),
    ],
)
def test_missed_ticks_are_noticed(known: list[Any], entries: Any, behind: bool):
    call = f"{{points: {json.dumps(known)}}}, {json.dumps(entries)}, {{at: 1010, step: 30}}"
    assert evaluate("ops_history_merge.js", f"m.isBehind({call})") is behind


def test_nothing_given_is_changed_and_results_are_frozen():
    script = """
    const deep = (v) => {
      Object.values(v ?? {}).forEach((x) => typeof x === "object" && deep(x));
      return Object.freeze(v);
    };
    const series = deep({ since: null, points: [[1050, 1, 1, 1]], previous: [[900, 1, 1, 1]] });
    const after = m.advanced(series, deep([[1050, 2, 2, 2], [1080, 3, 3, 3]]), { at: 1090, seconds: 120, step: 30 });
    console.log(JSON.stringify([after, after.points, after.previous].map(Object.isFrozen)));
    """
    assert run("ops_history_merge.js", script) == [True, True, True]


def test_a_series_that_begins_with_a_tick_is_known_since_then():
    call = f"{{since: null, points: [], previous: null}}, {json.dumps([_p(1080)])}, {json.dumps(AT)}"
    assert evaluate("ops_history_merge.js", f"m.advanced({call})")["since"] == 1080
