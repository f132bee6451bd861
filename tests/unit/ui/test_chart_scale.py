"""Where the axes of a chart have their ticks."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.ui.javascript import evaluate

NOON = 1_763_899_200  # 2025-11-23T12:00:00Z


def _ticks(*cases: tuple[float, float, str]) -> list[list[float]]:
    return evaluate("ops_chart_scale.js", f"{json.dumps(cases)}.map((each) => m.valueTicks(...each))")


def _times(begin: int, end: int, zone: str = "utc", width: int = 600, local: str = "UTC") -> list[str]:
    call = f"m.timeTicks({begin}, {end}, {width}, {json.dumps(zone)}).map((t) => m.timeLabel(t, {json.dumps(zone)}))"
    return evaluate("ops_chart_scale.js", call, local)


def test_values_have_round_ticks_from_zero():
    assert _ticks((0, 433, "ms"), (0, 520, "ms"), (0, 0.42, "%"), (0, 17e6, "bytes")) == [
        [0, 100, 200, 300, 400, 500],
        [0, 200, 400, 600],
        [0, 0.1, 0.2, 0.3, 0.4, 0.5],
        [0, 5e6, 10e6, 15e6, 20e6],
    ]


def test_a_low_chart_has_fewer_ticks():
    cases = [(0, 433, "ms", 3), (0, 433, "ms", 2), (0, 9, "count", 3), (0, 4.3, "rating", 3)]
    assert evaluate("ops_chart_scale.js", f"{json.dumps(cases)}.map((each) => m.valueTicks(...each))") == [
        [0, 200, 400, 600],
        [0, 250, 500],
        [0, 5, 10],
        [0, 5],
    ]


def test_things_that_are_counted_have_whole_ticks():
    assert _ticks((0, 1, "count"), (0, 3, "tasks"), (0, 12, "count"), (0, 0, "count")) == [
        [0, 1],
        [0, 1, 2, 3],
        [0, 5, 10, 15],
        [0, 1],
    ]


def test_spans_of_time_have_the_ticks_of_a_clock():
    assert _ticks((0, 5000, "duration"), (0, 200_000, "duration")) == [
        [0, 1800, 3600, 5400],
        [0, 43200, 86400, 129600, 172800, 216000],
    ]


def test_a_rating_is_shown_on_its_whole_scale():
    assert _ticks((0, 4.3, "rating")) == [[0, 1, 2, 3, 4, 5]]


def test_an_axis_has_ticks_whatever_the_values_are():
    assert _ticks((0, 0, "ms"), (0, 5e-324, "ms"), (-3, 8, "ms"), (-7, -2, "ms")) == [
        [0, 0.2, 0.4, 0.6, 0.8, 1],
        [0, 0.2, 0.4, 0.6, 0.8, 1],
        [-5, 0, 5, 10],
        [-8, -6, -4, -2, 0],
    ]


@settings(max_examples=5, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.floats(1e-6, 1e38), st.sampled_from(["ms", "%", "count", "bytes", "duration", "rating"])
        ),
        min_size=100,
        max_size=200,
    )
)
def test_few_ticks_hold_every_value(highs: list[tuple[float, str]]):
    for (high, _), ticks in zip(highs, _ticks(*((0, high, unit) for high, unit in highs)), strict=True):
        assert 2 <= len(ticks) <= 6
        assert ticks[0] == 0
        assert ticks[-1] >= high * (1 - 1e-8)


def _labels(*axes: tuple[float, str]) -> list[list[str]]:
    call = f"{json.dumps(axes)}.map(([high, unit]) => m.valueLabels(m.valueTicks(0, high, unit), unit))"
    return evaluate("ops_chart_scale.js", call)


def test_labels_are_as_exact_as_the_step():
    axes = ((600, "ms"), (1.2, "ms"), (0.0004, "ms"), (0.0016, "%"), (7e6, "bytes"), (7200, "duration"))
    assert _labels(*axes, (3e-4, "duration"), (9e-8, "/s"), (1e38, "ms"), (3, "tasks")) == [
        ["0", "200", "400", "600 ms"],
        ["0", "0.25", "0.5", "0.75", "1", "1.25 ms"],
        ["0", "0.0001", "0.0002", "0.0003", "0.0004 ms"],
        ["0", "0.0005", "0.001", "0.0015", "0.002 %"],
        ["0", "2 MB", "4 MB", "6 MB", "8 MB"],
        ["0", "30 min", "1 h", "1.5 h", "2 h"],
        ["0", "0.0001 s", "0.0002 s", "0.0003 s"],
        ["0", "2.0e-8", "4.0e-8", "6.0e-8", "8.0e-8", "1.0e-7 /s"],
        ["0", "2.0e+37", "4.0e+37", "6.0e+37", "8.0e+37", "1.0e+38 ms"],
        ["0", "1", "2", "3 tasks"],
    ]


@settings(max_examples=5, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.floats(1e-9, 1e20), st.sampled_from(["ms", "%", "count", "bytes", "duration", "/s", "MB"])
        ),
        min_size=100,
        max_size=200,
    )
)
def test_no_label_is_given_twice(axes: list[tuple[float, str]]):
    for labels in _labels(*axes):
        assert len(set(labels)) == len(labels)


@pytest.mark.parametrize(
    ("high", "thresholds", "reach", "in_sight"),
    [
        (200, [500], 200, []),
        (300, [500], 530, [500]),
        (900, [500], 900, [500]),
        (900, [], 900, []),
        (0, [0], 0, []),
        (50, [80, 95], 84.8, [80]),
        (60, [80, 95], 100, [80, 95]),
        (120, [80, 95], 120, [80, 95]),
    ],
)
def test_a_threshold_is_in_the_picture_once_values_come_near(
    high: float, thresholds: list[float], reach: float, in_sight: list[float]
):
    lines = [{"value": value} for value in thresholds]
    seen = evaluate("ops_chart_scale.js", f"m.reachOf({high}, {json.dumps(lines)}, '%')")
    assert seen["high"] == pytest.approx(reach)
    assert [line["value"] for line in seen["inSight"]] == in_sight


def test_times_are_round_in_the_zone_of_the_viewer():
    hour = (NOON - 3600 + 10, NOON + 10)
    assert _times(*hour) == ["11:10", "11:20", "11:30", "11:40", "11:50", "12:00"]
    assert _times(*hour, "local", local="Asia/Kathmandu") == [
        "16:50",
        "17:00",
        "17:10",
        "17:20",
        "17:30",
        "17:40",
    ]
    day = _times(NOON - 86400, NOON, "local", local="Asia/Kolkata")
    assert day == ["18:00", "21:00", "23 Nov", "03:00", "06:00", "09:00", "12:00", "15:00"]


def test_midnight_says_which_day_begins():
    assert _times(NOON - 7 * 86400, NOON) == [f"{day} Nov" for day in range(17, 24)]


def test_a_short_time_shows_seconds():
    assert _times(NOON, NOON + 60) == [
        "12:00",
        "12:00:10",
        "12:00:20",
        "12:00:30",
        "12:00:40",
        "12:00:50",
        "12:01",
    ]


def test_a_narrow_chart_has_fewer_times():
    assert _times(NOON - 3600, NOON, width=250) == ["11:00", "11:30", "12:00"]


def test_the_days_on_which_clocks_change_are_no_exception():
    spring, autumn = 1_774_746_000, 1_792_886_400  # 2026-03-29T01:00Z and 2026-10-25T00:00Z
    for change in (spring, autumn):
        seen = _times(change - 4 * 3600, change + 4 * 3600, "local", 800, "Europe/Berlin")
        assert all(label.endswith(":00") or " " in label for label in seen)
        assert len(seen) >= 8
    week = _times(spring - 3 * 86400, spring + 4 * 86400, "local", 600, "Europe/Berlin")
    assert week == ["27 Mar", "28 Mar", "29 Mar", "30 Mar", "31 Mar", "1 Apr", "2 Apr"]
