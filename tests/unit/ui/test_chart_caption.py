"""What a chart says in words."""

import json
from typing import Any

import pytest

from tests.unit.ui.javascript import evaluate

NOW = 1_763_902_800 + 15  # 2025-11-23T13:00:15Z
STEP, HOUR = 30, 3600
WHEN = {"now": NOW, "step": STEP, "seconds": HOUR, "zone": "utc"}
VIEW = {"unit": "ms", "thresholds": [], "note": ""}
LAST = 1_763_902_800


def _points(values: list[float], last: int = LAST, step: int = STEP, high: float = 0) -> list[Any]:
    first = last - (len(values) - 1) * step
    return [[first + i * step, v, v, v + high] for i, v in enumerate(values)]


def _line(label: str, points: list[Any], *, main: bool = True, since: float = 0) -> dict[str, Any]:
    return {"label": label, "points": points, "isMain": main, "since": since or LAST - 86400}


def _caption(lines: list[dict[str, Any]], view: dict[str, Any] = VIEW, **when: Any) -> str:
    call = ", ".join(map(json.dumps, (lines, view, {**WHEN, **when})))
    return evaluate("ops_chart_text.js", f"m.caption({call})")


CALM = [180.0, 240.0] * 58


def test_it_tells_the_usual_range_the_present_and_the_peak():
    values = [*CALM, 700, 830, 815, 812]
    assert _caption([_line("p95", _points(values))]) == (
        "p95 180–240 ms for most of the hour, now 812 ms, peak 830 ms at 12:59."
    )


def test_the_peak_is_the_highest_that_was_read_not_the_highest_mean():
    points = _points([200.0] * 120)
    points[60][3] = 999
    assert "now 200 ms, peak 999 ms at 12:30." in _caption([_line("p95", points)])


def test_a_flat_line_has_no_peak():
    assert _caption([_line("p95", _points([7.0] * 120))]) == "p95 7 ms for most of the hour, now 7 ms."


def test_of_several_lines_the_main_one_is_told_and_of_the_others_the_present():
    lines = [
        _line("p50", _points([96.0] * 120), main=False),
        _line("p95", _points([200.0] * 120)),
        _line("p99", _points([1020.0] * 120), main=False),
    ]
    assert _caption(lines) == (
        "p95 200 ms for most of the hour, now 200 ms; p50 now 96 ms, p99 now 1,020 ms."
    )


def test_a_line_without_points_leaves_the_word_to_another():
    lines = [_line("p50", _points([96.0] * 120), main=False), _line("p95", [])]
    assert _caption(lines) == "p50 96 ms for most of the hour, now 96 ms."


def test_more_lines_than_can_be_told_are_counted():
    lines = [_line(f"m{i}", _points([1.0] * 20), main=i == 0) for i in range(8)]
    assert _caption(lines).endswith("m4 now 1 ms, 3 more in the table.")


def test_few_points_make_no_usual_range():
    assert _caption([_line("p95", _points([200, 240, 220]))]) == "p95 200–240 ms since 12:59, now 220 ms."


def test_a_single_point_is_called_so():
    assert _caption([_line("p95", _points([812]))]) == "p95 now 812 ms, the only value in this range."


def test_no_points_at_all():
    assert _caption([_line("p95", [])]) == "No data in this range."
    assert _caption([]) == "No data in this range."


@pytest.mark.parametrize(("age", "word"), [(0, "now"), (45, "now"), (46, "last"), (600, "last")])
def test_only_what_is_fresh_is_called_now(age: int, word: str):
    said = _caption([_line("p95", _points([200.0] * 100, LAST - age))])
    assert f", {word} 200 ms" in said


def test_a_source_that_is_not_read_has_no_now():
    line = {**_line("p95", _points([200.0] * 100)), "isFresh": False}
    assert "last 200 ms at 13:00:00" in _caption([line])
    assert "p50 last 200 ms at 13:00:00" in _caption([_line("p95", _points([9.0])), {**line, "label": "p50"}])


def test_an_old_value_has_its_time():
    said = _caption([_line("p95", _points([200.0] * 60, LAST - 1200))])
    assert said == "p95 200 ms for most of the time since 12:10, last 200 ms at 12:40:00."


def test_a_mean_over_a_long_time_is_not_called_now():
    points = _points([200.0] * 100, LAST, 900)
    lines = [_line("p95", points), _line("p99", points, main=False)]
    assert _caption(lines, step=900, seconds=86400) == (
        "p95 200 ms for most of the day, 200 ms in the latest 15 min; p99 latest 200 ms."
    )


def test_a_part_of_the_range_is_not_taken_for_all_of_it():
    late = _line("p95", _points([200.0] * 40))
    assert _caption([late]) == "p95 200 ms for most of the time since 12:40, now 200 ms."
    broken = [*_points([200.0] * 20, LAST - 3000), None, *_points([200.0] * 20)]
    assert _caption([_line("p95", broken)]) == "p95 200 ms for most of the time with data, now 200 ms."


def test_since_when_there_are_data_is_said_whenever_the_range_begins_earlier():
    line = _line("p95", _points([200.0] * 40), since=LAST - 1200)
    assert _caption([line]).endswith("Data since 12:40:00.")
    assert "Data since" not in _caption([_line("p95", _points([200.0] * 40), since=NOW - HOUR)])


def test_the_threshold_and_the_note_are_added():
    view = {
        **VIEW,
        "thresholds": [{"value": 500, "label": "threshold 500 ms"}],
        "note": "Reported by the backend.",
    }
    said = _caption([_line("p95", _points([200.0] * 120))], view)
    assert said.endswith("now 200 ms. Threshold 500 ms. Reported by the backend.")


def test_no_rounding_hides_a_threshold():
    view = {**VIEW, "unit": "%", "thresholds": [{"value": 5, "label": "threshold 5 %"}]}
    said = _caption([_line("errors", [*_points([1.0] * 119, LAST - 30), [LAST, 5.003, 5.003, 5.003]])], view)
    assert "now 5.003 %" in said
    call = f"[m.valueText([0, 4.9999], {json.dumps(view)}), m.spreadText([0, 5, 4.999, 5.001], {json.dumps(view)})]"
    assert evaluate("ops_chart_text.js", call) == ["4.9999 %", "4.999–5.001 %"]


def test_times_are_those_of_the_zone():
    lines = json.dumps([_line("p95", [*_points([200.0] * 119, LAST - 30), [LAST, 900, 900, 900]])])
    call = f"m.caption({lines}, {json.dumps(VIEW)}, {json.dumps({**WHEN, 'zone': 'local'})})"
    assert "peak 900 ms at 18:30." in evaluate("ops_chart_text.js", call, zone="Asia/Kolkata")


def test_an_empty_chart_says_since_when_there_are_data():
    call = json.dumps([_line("p95", [], since=NOW - 600)])
    assert evaluate("ops_chart_text.js", f"m.emptyText({call}, {json.dumps(WHEN)})") == (
        "No data in this range. Data since 12:50:15"
    )
    nothing = json.dumps([{**_line("p95", []), "since": None}])
    assert (
        evaluate("ops_chart_text.js", f"m.emptyText({nothing}, {json.dumps(WHEN)})")
        == "No data in this range"
    )


def test_one_moment_in_one_sentence():
    lines = [{"label": "p95", "point": [LAST, 812, 790, 830]}, {"label": "p99", "point": None}]
    marks = [{"kind": "anomaly", "label": "three times as high as usual"}, {"kind": "critical", "label": ""}]
    call = f"{LAST}, {json.dumps(lines)}, {json.dumps(marks)}, {json.dumps(VIEW)}, {json.dumps(WHEN)}"
    assert evaluate("ops_chart_text.js", f"m.spoken({call})") == (
        "13:00:00; p95 812 ms, 790–830 ms; p99 no data; Anomaly: three times as high as usual; Critical."
    )


def test_an_interval_of_minutes_has_both_its_ends():
    when = {**WHEN, "step": 900, "now": LAST + 5000}
    said = evaluate(
        "ops_chart_text.js",
        f"[m.interval({LAST}, {json.dumps(when)}), m.zoned({LAST}, {json.dumps(WHEN)})]",
    )
    assert said == ["13:00–13:15", "13:00:00 (UTC)"]


CLOCKS_BACK = 1_761_440_400  # 2025-10-26T01:00:00Z: 03:00 UTC+2 becomes 02:00 UTC+1 in Berlin
CLOCKS_FORWARD = 1_743_296_400  # 2025-03-30T01:00:00Z: 02:00 UTC+1 becomes 03:00 UTC+2


def _told(moments: list[int], change: int, *, seconds: int = 86_400, zone: str = "local") -> Any:
    when = json.dumps({"now": change + 7_200, "step": 900, "seconds": seconds, "zone": zone})
    call = f"[m.timeHeading({when}), ...{json.dumps(moments)}.map((t) => m.interval(t, {when}))]"
    return evaluate("ops_chart_text.js", call, zone="Europe/Berlin")


def test_each_time_says_its_offset_where_the_clocks_change():
    at = [CLOCKS_BACK + 900 * n for n in (-24, -3, -1, 1)]
    assert _told(at, CLOCKS_BACK) == [
        "Time",
        "25 Oct 21:00 UTC+2–21:15 UTC+2",
        "02:15 UTC+2–02:30 UTC+2",
        "02:45 UTC+2–02:00 UTC+1",
        "02:15 UTC+1–02:30 UTC+1",
    ]
    assert _told([CLOCKS_FORWARD - 900], CLOCKS_FORWARD)[1] == "01:45 UTC+1–03:00 UTC+2"


def test_without_a_change_the_heading_says_the_offset():
    assert _told([CLOCKS_BACK + 900], CLOCKS_BACK, seconds=3_600) == ["Time (UTC+1)", "02:15–02:30"]
    assert _told([CLOCKS_BACK + 900], CLOCKS_BACK, zone="utc") == ["Time (UTC)", "01:15–01:30"]


def test_no_sentence_has_a_time_that_was_twice():
    points = _points([200.0] * 60, CLOCKS_BACK + 3_600, 120)
    points[10][3] = 999
    when = {"now": CLOCKS_BACK + 3_600, "step": 120, "seconds": 21_600, "zone": "local"}
    call = f"m.caption({json.dumps([_line('p95', points)])}, {json.dumps(VIEW)}, {json.dumps(when)})"
    assert "peak 999 ms at 02:22 UTC+2" in evaluate("ops_chart_text.js", call, zone="Europe/Berlin")
