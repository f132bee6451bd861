"""Numbers read the same in the browser as on the server."""

import json
import math
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ops_dashboard.domain.units import Unit, quantity
from tests.unit.ui.javascript import evaluate

UNITS: tuple[Unit, ...] = get_args(Unit)
TABLE = (
    *(0, 1, 5, 9, 10, 99, 100, 999, 1000, 1240.5, 1241.5, 2410873, 173948928, 1e15, 1e21, 1.5e22, 1e38),
    *(
        0.4,
        0.42,
        0.004,
        0.0042,
        0.05,
        0.0625,
        0.0999,
        0.00999,
        0.001,
        0.0009,
        1e-6,
        1e-7,
        1.234e-7,
        9.9999e-7,
    ),
    *(0.125, 0.375, 0.25, 12.25, 12.75, 99.96, 99.94, 812.4, 38.24, 203.333333333, 1.0000001, 1234.0000001),
    *(4.25, 9.999, 45, 59.5, 60, 60.5, 61.5, 725, 3599.5, 3600, 3725, 86399.5, 86400, 90061, 604800, 1e9),
    *(-1, -0.5, -0.0625, -12.25, -1240.5, -0.0005, -1e-7, -2500000),
)


def _shown(values: list[float], unit: Unit) -> list[dict[str, str]]:
    return evaluate("ops_units.js", f"{json.dumps(values)}.map((v) => m.quantity(v, {json.dumps(unit)}))")


def _expected(values: list[float], unit: Unit) -> list[dict[str, str]]:
    quantities = [quantity(value, unit) for value in values]
    return [{"text": q.text, "unit": q.unit, "exact": q.exact} for q in quantities]


@pytest.mark.parametrize("unit", UNITS)
def test_the_browser_formats_as_the_server_does(unit: Unit):
    # A time of 2**53 s and more, which no browser can count, is left out.
    values = [float(value) for value in TABLE if unit != "duration" or value < 2**53]
    assert _shown(values, unit) == _expected(values, unit)


@settings(max_examples=10, deadline=None)
@given(
    st.lists(
        st.floats(min_value=-1e15, max_value=1e15).filter(lambda v: v != 0 or math.copysign(1, v) > 0),
        min_size=200,
        max_size=400,
    ),
    st.sampled_from(UNITS),
)
def test_they_agree_on_any_number(values: list[float], unit: Unit):
    assert _shown(values, unit) == _expected(values, unit)


@settings(max_examples=5, deadline=None)
@given(st.lists(st.integers(-4096, 400_000), min_size=200, max_size=400), st.sampled_from(UNITS))
def test_they_agree_on_every_tie_of_rounding(eighths: list[int], unit: Unit):
    values = [n / 128 for n in eighths]
    assert _shown(values, unit) == _expected(values, unit)


def test_a_span_has_its_unit_once():
    said = evaluate(
        "ops_units.js",
        "[m.measuredSpan(180, 240, 'ms'), m.measuredSpan(7, 7.001, 'ms'),"
        " m.measuredSpan(980e3, 1.2e6, 'bytes'), m.measuredSpan(3, 4, 'count'), m.measured(1, 'tasks')]",
    )
    assert said == ["180–240 ms", "7 ms", "980 KB–1.2 MB", "3–4", "1 task"]


@settings(max_examples=10, deadline=None)
@given(
    st.lists(st.tuples(st.floats(-2e6, 2e6), st.floats(-1e-3, 1e-3)), min_size=100, max_size=200),
    st.sampled_from(UNITS),
)
def test_they_agree_beside_a_bound(pairs: list[tuple[float, float]], unit: Unit):
    values = [(value + 0.0, round(value, 1) + off + 0.0) for value, off in pairs]
    call = f"{json.dumps(values)}.map(([bound, v]) => m.quantity(v, {json.dumps(unit)}, [bound, 100]).text)"
    expected = [quantity(value, unit, [bound, 100]).text for bound, value in values]
    assert evaluate("ops_units.js", call) == expected
