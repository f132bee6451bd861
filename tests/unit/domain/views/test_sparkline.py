import math
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops_dashboard.domain.series.points import Gap, Point
from ops_dashboard.domain.views.sparkline import HEIGHT, WIDTH, sparkline

_STEP = re.compile(r"([ML])(\d+\.\d) (\d+\.\d)")
END = 3_600


def point(at: int, value: float) -> Point:
    return Point(at, value, value, value, value)


def drawn(*points: Point | Gap, start: float = 0, end: float = END) -> list[tuple[str, float, float]]:
    """The steps of the path; fails when it holds anything else."""
    path = sparkline(points, start, end)
    steps = _STEP.findall(path)
    assert "".join(f"{pen}{x} {y}" for pen, x, y in steps) == path
    return [(pen, float(x), float(y)) for pen, x, y in steps]


@pytest.mark.parametrize(
    "points", [(), (point(0, 1),), (Gap(0), point(60, 1)), (point(0, 1), Gap(60)), (Gap(0), Gap(60))]
)
def test_fewer_than_two_points_are_no_line(points: tuple[Point | Gap, ...]):
    assert sparkline(points, 0, END) == ""


def test_two_points_are_a_line_from_the_lowest_to_the_highest():
    [(first, x1, y1), (second, x2, y2)] = drawn(point(0, 10), point(END, 30))
    assert (first, second) == ("M", "L")
    assert (x1, x2) == (0, WIDTH)
    assert HEIGHT > y1 > HEIGHT / 2 > y2 > 0, "up is more"
    assert y1 + y2 == HEIGHT


@pytest.mark.parametrize("value", [0.0, 5.0, -5.0, 1e38, 5e-324])
def test_a_flat_series_is_a_line_in_the_middle(value: float):
    steps = drawn(*(point(60 * n, value) for n in range(60)))
    assert {y for _, _, y in steps} == {HEIGHT / 2}


def test_little_noise_is_drawn_little():
    heights = [y for _, _, y in drawn(point(0, 1_000), point(60, 1_010), point(120, 1_000))]
    assert 0 < max(heights) - min(heights) < HEIGHT / 4


def test_a_gap_is_not_drawn_across():
    steps = drawn(point(0, 1), point(60, 2), Gap(120), point(900, 3), point(960, 4))
    assert [pen for pen, _, _ in steps] == ["M", "L", "M", "L"]


def test_times_are_kept_apart_evenly_and_what_is_before_the_start_sticks_to_the_edge():
    steps = drawn(*(point(at, 1) for at in (-30, 0, 900, 1_800, 3_600)))
    assert [x for _, x, _ in steps] == [0, 0, 25, 50, 100]


def test_what_lies_after_the_end_is_not_drawn():
    assert [x for _, x, _ in drawn(point(0, 1), point(1_800, 1), point(4_000, 900))] == [0, 50]


values = st.floats(-1e38, 1e38) | st.integers(-100, 100).map(float)
windows = st.lists(st.none() | values, max_size=70)


@given(windows, st.floats(0, 59))
def test_the_path_never_leaves_its_box_and_holds_only_numbers(
    window: list[float | None], into_the_interval: float
):
    points = [Gap(60 * n) if value is None else point(60 * n, value) for n, value in enumerate(window)]
    end = 60 * len(window) + into_the_interval + 1
    steps = drawn(*points, start=end - END, end=end)
    assert len(steps) in (0, len([value for value in window if value is not None]))
    for _, x, y in steps:
        assert 0 <= x <= WIDTH and 0 <= y <= HEIGHT
        assert math.isfinite(x) and math.isfinite(y)
    assert all(before <= after for (_, before, _), (_, after, _) in pairwise(steps))
    assert not steps or steps[0][0] == "M"


@given(st.lists(values, min_size=2, max_size=60))
def test_the_higher_value_never_stands_lower(series: list[float]):
    heights = [y for _, _, y in drawn(*(point(60 * n, value) for n, value in enumerate(series)))]
    pairs = sorted(zip(series, heights, strict=True))
    assert all(low >= high for (_, low), (_, high) in pairwise(pairs))
