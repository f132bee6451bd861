import math
import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops_dashboard.domain.anomaly import Anomaly, BadWhen, Judge, anomaly
from ops_dashboard.domain.series.points import Sample
from ops_dashboard.domain.units import Unit

NOISE = random.Random(11)
USUAL = [210 + NOISE.uniform(-30, 30) for _ in range(117)]
FLAT = [200.0] * 117


def every(seconds: float, values: Sequence[float]) -> list[Sample]:
    return [Sample(seconds * number, value) for number, value in enumerate(values)]


def found(
    values: Sequence[float], bad_when: BadWhen = "up", least: float = 20.0, unit: Unit = "ms"
) -> Anomaly | None:
    samples = every(30, values)
    return anomaly(samples, 30.0 * len(values), Judge("p95", unit, bad_when, least))


@pytest.mark.parametrize(
    ("values", "unusual"),
    [
        ([*USUAL, 210, 215, 205], False),
        ([*USUAL, 210, 210, 812], False),
        ([*USUAL, 210, 805, 812], True),
        ([*USUAL, 805, 210, 812], True),
        ([*USUAL, 805, 812, 210], True),
        ([*USUAL, 805, 812, 820], True),
        ([*USUAL, 20, 20, 20], False),
        ([*[40.0] * 117, 59, 59, 59], False),
        ([*FLAT, 235, 235, 235], False),
        ([*FLAT, 245, 245, 245], True),
        ([*[0.0] * 117, 0, 0, 0], False),
        ([*[0.0] * 117, 10, 10, 10], False),
        ([*[0.0] * 117, 30, 30, 30], True),
        ([100 + number for number in range(120)], False),
        ([*FLAT[:60], *[600] * 60], False),
        ([*FLAT[:16], 800, 800, 800], False),
        ([*FLAT[:19], 800, 800, 800], False),
        ([*FLAT[:20], 800, 800, 800], True),
        ([*FLAT[:60], 900, *FLAT[60:], 800, 800, 800], True),
        ([*FLAT, 800, math.nan, 800], True),
        ([], False),
    ],
    ids=[
        "usual", "one spike", "two of three", "two around one", "two then usual", "three", "a welcome drop",
        "flat, below the smallest change", "flat, below the smallest share", "flat, above both",
        "zeros", "from zero, too small", "from zero", "slow drift", "half of the time at a new level",
        "sixteen samples", "nineteen samples", "twenty samples", "an old spike", "no number between", "none",
    ],
)  # fmt: skip
def test_it_finds_what_is_unusual(values: list[float], unusual: bool):
    assert (found(values) is not None) is unusual


@pytest.mark.parametrize(
    ("bad_when", "up", "down"), [("up", True, False), ("down", False, True), ("both", True, True)]
)
def test_only_a_bad_direction_is_unusual(bad_when: BadWhen, up: bool, down: bool):
    assert (found([*USUAL, 800, 800, 800], bad_when) is not None) is up
    assert (found([*USUAL, 5, 5, 5], bad_when) is not None) is down


def test_a_spike_up_and_one_down_are_not_two_of_the_same():
    assert found([*USUAL, 800, 210, 5], "both") is None


def test_a_flat_series_with_one_old_spike_is_judged_by_the_mean_deviation():
    spread = 1.2533 * 1000 / 101
    flat = [*[0.0] * 100, 1000.0]
    assert found([*flat, *[3.5 * spread - 1] * 3]) is None
    assert found([*flat, *[3.5 * spread + 1] * 3]) is not None


def test_it_says_why():
    values = [*[180.0, 200.0, 220.0, 240.0] * 29, 210.0, 812.0, 812.0, 812.0]
    one = found(values)
    assert one is not None
    assert one.sentence == "p95 812 ms, usual 180–240 ms (last 60 min)"
    assert (one.value, one.usual_low, one.usual_high) == (812.0, 180.0, 240.0)
    assert one.since == 30.0 * (len(values) - 3)


@pytest.mark.parametrize(
    ("usual", "value", "unit", "sentence"),
    [
        ([0.0], 9.1, "%", "p95 9.1 %, usual 0 % (last 60 min)"),
        ([3.0], 127.0, "count", "p95 127, usual 3 (last 60 min)"),
        ([9e5, 11e5], 5e9, "bytes", "p95 5 GB, usual 900 KB–1.1 MB (last 60 min)"),
    ],
)
def test_the_sentence_fits_the_unit(usual: list[float], value: float, unit: Unit, sentence: str):
    one = found([*(usual * 117)[:117], value, value, value], least=1.0, unit=unit)
    assert one is not None
    assert one.sentence == sentence


def test_a_lasting_anomaly_keeps_its_beginning():
    one = found([*USUAL, 800, 800, 800, 210, 800, 800, 800, 800, 800])
    assert one is not None
    assert one.since == 30.0 * 117


def test_an_earlier_anomaly_is_not_the_beginning_of_this_one():
    one = found([*USUAL[:60], 800, 800, 800, *USUAL[60:], 800, 800])
    assert one is not None
    assert one.since == 30.0 * 120


@given(st.lists(st.floats(-1e6, 1e6), min_size=23, max_size=130))
def test_what_is_reported_lies_outside_of_what_is_usual(values: list[float]):
    one = found(values, "both")
    if one is not None:
        assert one.usual_low <= one.usual_high
        assert one.value > one.usual_high or one.value < one.usual_low


@given(st.lists(st.floats(0, 1e6), min_size=20, max_size=120), st.floats(0, 1e6), st.floats(0, 1e6))
def test_a_worse_value_is_never_less_unusual(usual: list[float], value: float, more: float):
    if found([*usual, value, value, value]) is not None:
        assert found([*usual, *[value + more] * 3]) is not None


@given(st.lists(st.floats(-1e6, 1e6), max_size=22))
def test_it_is_silent_below_twenty_samples(values: list[float]):
    assert found(values, "both") is None


@given(st.floats(-1e9, 1e9), st.integers(23, 130))
def test_a_flat_series_is_never_unusual(value: float, count: int):
    assert found([value] * count, "both") is None


@given(st.lists(st.tuples(st.floats(-1e9, 1e9), st.floats() | st.integers()), max_size=60))
def test_nothing_raises(pairs: list[tuple[float, float]]):
    one = anomaly([Sample(*pair) for pair in pairs], 0.0, Judge("x", "count", "both", 1.0))
    assert one is None or one.sentence.startswith("x ")
