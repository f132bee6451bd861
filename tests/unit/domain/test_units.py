import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops_dashboard.domain.units import Unit, duration, quantity


@pytest.mark.parametrize(
    ("value", "unit", "text", "shown_unit", "exact"),
    [
        (0, "ms", "0", "ms", "0 ms"),
        (812.4, "ms", "812", "ms", "812.4 ms"),
        (1240.5, "ms", "1,240", "ms", "1,240.5 ms"),
        (38.24, "/s", "38.2", "/s", "38.24 /s"),
        (0.42, "%", "0.42", "%", "0.42 %"),
        (0.004, "%", "0.004", "%", "0.004 %"),
        (0.0000001, "%", "< 0.001", "%", "1e-07 %"),
        (2410873, "count", "2,410,873", "", "2,410,873"),
        (214, "tasks", "214", "tasks", "214 tasks"),
        (1, "tasks", "1", "task", "1 tasks"),
        (173948928, "bytes", "174", "MB", "173,948,928 bytes"),
        (999, "bytes", "999", "B", "999 bytes"),
        (4.25, "rating", "4.25", "of 5", "4.25 of 5"),
        (3725, "duration", "1.03", "h", "1 h 2 min"),
    ],
)
def test_it_formats_by_unit(value: float, unit: Unit, text: str, shown_unit: str, exact: str):
    shown = quantity(value, unit)
    assert (shown.text, shown.unit, shown.exact) == (text, shown_unit, exact)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0 s"),
        (0.4, "0.4 s"),
        (45, "45 s"),
        (60, "1 min"),
        (725, "12 min 5 s"),
        (86400, "1 d"),
        (90061, "1 d 1 h"),
    ],
)
def test_a_duration_has_its_two_largest_units(seconds: float, text: str):
    assert duration(seconds) == text


@pytest.mark.parametrize(
    ("value", "unit", "bounds", "text"),
    [
        (99.96, "%", (), "99.96"),
        (99.996, "%", (), "> 99.99"),
        (99.999_999, "%", (), "> 99.99"),
        (100, "%", (), "100"),
        (100.3, "%", (), "100.3"),
        (99.97, "ms", (), "100"),
        (499.6, "ms", (500,), "499.6"),
        (500.4, "ms", (500, 1000), "500.4"),
        (1000.04, "ms", (500, 1000), "1,000.04"),
        (9.996, "%", (5, 10), "9.996"),
        (5.000_001, "%", (5,), "> 5"),
        (49.999_999, "%", (50,), "< 50"),
        (0.999_7, "ms", (1,), "0.9997"),
        (1801, "duration", (1800,), "30.02"),
        (1_000_100, "bytes", (1_000_000,), "1.0001"),
        (-0.0004, "ms", (), "> -0.001"),
    ],
)
def test_rounding_crosses_no_bound(value: float, unit: Unit, bounds: tuple[float, ...], text: str):
    assert quantity(value, unit, bounds).text == text


@given(st.floats(0, 200), st.sampled_from([0.1, 1.0, 5.0, 50.0, 80.0, 99.9]))
def test_the_shown_percentage_is_on_its_side(value: float, bound: float):
    text = quantity(value, "%", [bound]).text
    if text[0] not in "<>":
        shown = float(text.replace(",", ""))
        for limit in (0.0, bound, 100.0):
            assert (shown > limit, shown < limit) == (value > limit, value < limit)


@given(st.floats(min_value=1e-9, max_value=1e15), st.sampled_from(["ms", "/s", "%", "MB", "count", "bytes"]))
def test_what_is_not_zero_is_never_shown_as_zero(value: float, unit: Unit):
    assert quantity(value, unit).text != "0"


@given(st.floats(min_value=0.01, max_value=1e15))
def test_the_shown_text_is_within_a_tenth_of_the_value(value: float):
    shown = quantity(value, "ms").text.replace(",", "")
    assert math.isclose(float(shown), value, rel_tol=0.1)
