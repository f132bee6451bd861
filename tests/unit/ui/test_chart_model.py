"""What a chart draws: lines, gaps, marks, rows of the table."""

import json
from typing import Any

import pytest

from tests.unit.ui.javascript import evaluate

STEP = 30


def _p(t: float, value: float = 5, low: float | None = None, high: float | None = None) -> list[float]:
    return [t, value, value if low is None else low, value if high is None else high]


def _line(key: str, points: list[Any], before: list[Any] = [], *, main: bool = True) -> dict[str, Any]:  # noqa: B006
    return {"key": key, "label": key, "points": points, "before": before, "isMain": main}


def _call(function: str, *args: Any) -> Any:
    return evaluate("ops_chart_model.js", f"m.{function}({', '.join(map(json.dumps, args))})")


def _rows(**columns: list[Any]) -> dict[float, dict[str, Any]]:
    rows = _call("rowsOf", columns)
    return {row.pop("t"): {name: point and point[1] for name, point in row.items()} for row in rows}


def test_columns_of_the_same_times_share_their_rows():
    assert _rows(a=[_p(0, 1), _p(30, 2)], b=[_p(0, 3), _p(30, 4)]) == {
        0: {"a": 1, "b": 3},
        30: {"a": 2, "b": 4},
    }


def test_a_gap_breaks_its_own_line_and_no_other():
    rows = _rows(a=[_p(0, 1), None, _p(60, 3)], b=[_p(0, 1), _p(60, 3)])
    assert rows == {0: {"a": 1, "b": 1}, 30: {"a": None, "b": 2}, 60: {"a": 3, "b": 3}}


def test_a_line_that_is_read_less_often_is_not_broken():
    rows = _rows(a=[_p(0), _p(30), _p(60)], b=[_p(0, 0), _p(60, 10)])
    assert [row["b"] for row in rows.values()] == [0, 5, 10]


def test_a_line_does_not_reach_beyond_its_points():
    rows = _rows(a=[_p(0), _p(30), _p(60)], b=[_p(30, 1)])
    assert [row["b"] for row in rows.values()] == [None, 1, None]


def test_points_without_neighbours_are_found():
    points = [_p(0), None, _p(60), _p(90), None, _p(150), None]
    assert [point[0] for point in _call("lonePoints", points)] == [0, 150]
    assert _call("lonePoints", [_p(0)]) == [_p(0)]


def test_a_window_keeps_one_point_beyond_each_edge():
    points = [_p(t) for t in range(0, 300, 30)]
    assert [p[0] for p in _call("within", points, {"from": 70, "to": 130})] == [60, 90, 120, 150]
    assert _call("within", points, {"from": -50, "to": 900}) == points


def test_lines_have_their_look_their_points_and_the_period_before_laid_over():
    view = {
        "lines": [{"key": "a", "label": "p50"}, {"key": "b", "label": "p95"}, {"key": "gone", "label": "p99"}]
    }
    series = {
        "a": {"since": 7, "points": [_p(1000)], "previous": [_p(-2600), None, _p(-2570)]},
        "b": {"since": 7, "points": [_p(1000)], "previous": None},
    }
    lines = _call("linesOf", view, {"series": series, "seconds": 3600}, True)
    assert lines[0]["before"] == [_p(1000), None, _p(1030)]
    assert [line["points"] for line in lines] == [[_p(1000)], [_p(1000)], []]
    assert [line["isMain"] for line in lines] == [False, True, False]
    assert len({line["dash"] for line in lines}) == len({line["stroke"] for line in lines}) == 3
    assert all(
        line["before"] == [] for line in _call("linesOf", view, {"series": series, "seconds": 3600}, False)
    )


@pytest.mark.parametrize("count", [2, 4, 5, 8, 12])
def test_no_two_lines_look_alike(count: int):
    looks = evaluate(
        "ops_chart_look.js", f"m.looksOf({json.dumps([{'label': f'line {i}'} for i in range(count)])})"
    )
    assert len({(look["stroke"], look["dash"]) for look in looks}) == count


def test_the_axis_reaches_over_all_that_is_drawn():
    lines = [
        _line("a", [_p(0, 5, 1, 90), None], main=True),
        _line("b", [_p(0, 7, 1, 99)], [_p(0, 40)], main=False),
    ]
    assert _call("extent", lines) == [1, 90]
    assert _call("extent", []) == [0, 0]


def test_a_moment_is_that_of_the_nearest_point_but_not_across_a_gap():
    times = [0, 30, 60, 300]
    assert [_call("snapped", times, t, STEP) for t in (10, 44, 46, 299, 200)] == [0, 30, 60, 300, 180]
    assert _call("snapped", [], 200, STEP) == 180


def _mark(at: float, until: float = 0, key: str = "a") -> dict[str, Any]:
    return {"key": key, "at": at, "until": until, "label": "odd", "kind": "anomaly"}


def _placed(marks: list[Any], window: tuple[float, float] = (0, 300)) -> list[Any]:
    lines = [_line("a", [_p(0), _p(30), _p(60), None, _p(240)])]
    begin, end = window
    return _call("placedMarks", marks, lines, {"from": begin, "to": end}, {"step": STEP, "now": 300})


def test_a_mark_sits_on_its_line():
    (mark,) = _placed([_mark(45, 70)])
    assert (mark["point"], mark["until"]) == (_p(30), 70)


def test_what_goes_on_ends_now():
    assert [mark["until"] for mark in _placed([_mark(45)])] == [300]


def test_a_mark_in_a_gap_has_a_span_and_no_point():
    assert [(mark["at"], mark["point"]) for mark in _placed([_mark(140, 160)])] == [(140, None)]


def test_marks_of_other_lines_and_times_are_left_out():
    assert _placed([_mark(45, 70, key="other"), _mark(400, 500), _mark(None)]) == []  # type: ignore[arg-type]
    assert _placed([_mark(10, 20)], (100, 300)) == []
    assert len(_placed([_mark(10, 120)], (100, 300))) == 1


def test_spans_of_one_kind_that_overlap_are_shaded_once():
    marks = [
        _mark(100, 200),
        _mark(10, 50),
        _mark(150, 900),
        {**_mark(160, 170), "kind": "critical"},
        _mark(60, 60),
    ]
    assert _call("spansOf", marks, {"from": 20, "to": 300}) == [
        {"kind": "anomaly", "from": 20, "to": 50},
        {"kind": "anomaly", "from": 100, "to": 300},
        {"kind": "critical", "from": 160, "to": 170},
    ]


def test_the_marks_of_an_interval_are_those_that_were_on():
    marks = [_mark(45, 70), _mark(130, 140)]
    assert [len(_call("marksAt", marks, t, STEP)) for t in (0, 30, 60, 90, 120)] == [0, 1, 1, 0, 1]


def _table(lines: list[Any], now: float = 130) -> list[Any]:
    rows = _call("tableRows", lines, {"from": 0, "now": now, "step": STEP})
    return [
        row if "from" in row else (row["t"], *[point and point[1] for point in row["points"]]) for row in rows
    ]


def test_the_table_has_the_values_of_the_lines_newest_first():
    lines = [_line("a", [_p(60, 1), _p(90, 2), _p(120, 3)]), _line("b", [_p(60, 4), _p(120, 5)])]
    assert _table(lines) == [(120, 3, 5), (90, 2, None), (60, 1, 4)]


def test_a_time_without_data_is_a_row_of_the_table():
    assert _table([_line("a", [_p(0, 1), None, _p(120, 2)])]) == [(120, 2), {"from": 30, "to": 120}, (0, 1)]


def test_a_gap_of_one_line_alone_is_none_of_the_table():
    lines = [_line("a", [_p(0, 1), None, _p(90, 2)]), _line("b", [_p(0, 3), _p(90, 4)])]
    assert _table(lines, now=100) == [(90, 2, 4), (0, 1, 3)]


def test_data_that_ended_are_told_in_the_table():
    assert _table([_line("a", [_p(0, 1)])], now=200) == [{"from": 30, "to": 200}, (0, 1)]
