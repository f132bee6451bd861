import math
import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops_dashboard.domain.series.points import Sample
from ops_dashboard.domain.trend import GoodWhen, Judgement, Trend, trend


def every(seconds: float, values: Sequence[float]) -> list[Sample]:
    return [Sample(seconds * number, value) for number, value in enumerate(values)]


def judged(values: Sequence[float], good_when: GoodWhen = "low", least: float = 0.0) -> Trend:
    samples = every(30, values)
    return trend(samples, samples[-1].at if samples else 0.0, good_when, least)


NOISE = random.Random(7)
FLAT = [200.0] * 120
NOISY = [200 + NOISE.gauss(0, 30) for _ in range(120)]


@pytest.mark.parametrize(
    ("values", "direction"),
    [
        (FLAT, "steady"),
        ([0.0] * 120, "steady"),
        (NOISY, "steady"),
        ([*[100.0] * 5, *[300.0] * 5] * 12, "steady"),
        ([*FLAT, 800.0, 800.0], "rising"),
        ([*FLAT, 20.0, 20.0], "falling"),
        ([*FLAT[:60], 800.0, *FLAT[60:]], "steady"),
        ([*FLAT, *[206.0] * 20], "steady"),
        ([*FLAT, *[400.0] * 240], "steady"),
        ([100 + number for number in range(120)], "rising"),
        ([300 - number for number in range(120)], "falling"),
        ([0.0] * 119 + [3.0], "rising"),
        (FLAT[:5], "unknown"),
        ([], "unknown"),
        ([math.nan] * 50, "unknown"),
    ],
    ids=[
        "flat", "zero", "noise", "no more than its noise", "step up", "step down", "old spike",
        "within 5 %", "settled at a new level",
        "slow drift up", "slow drift down", "first errors", "too few", "none", "no numbers",
    ],
)  # fmt: skip
def test_it_tells_the_direction(values: list[float], direction: str):
    assert judged(values).direction == direction


@pytest.mark.parametrize(
    ("good_when", "rising", "falling"),
    [("low", "bad", "good"), ("high", "good", "bad"), ("neutral", "neutral", "neutral")],
)
def test_it_judges_by_what_is_good_for_the_metric(good_when: GoodWhen, rising: Judgement, falling: Judgement):
    assert judged([*FLAT, 800.0], good_when).judgement == rising
    assert judged([*FLAT, 20.0], good_when).judgement == falling
    assert judged(FLAT, good_when).judgement == "neutral"


def test_it_says_how_far_in_words():
    rising = judged([*FLAT, *[400.0] * 6])
    assert rising.amount_percent is not None
    assert rising.word == f"rising {rising.amount_percent:.0f} %"
    assert 30 < rising.amount_percent < 100
    assert judged([*FLAT, *[20.0] * 6]).word.startswith("falling ")
    assert judged(FLAT).word == "steady"
    assert judged([1.0]).word == "trend unknown"


def test_a_change_too_small_to_matter_is_steady():
    values = [*[0.01] * 100, 0.05, 0.05]
    assert judged(values).direction == "rising"
    assert judged(values, least=0.5).direction == "steady"


def test_a_spike_that_is_over_is_not_called_rising():
    assert judged([200.0] * 50 + [900.0] * 6 + [200.0] * 4).direction == "steady"
    assert judged([200.0] * 50 + [900.0] * 6).direction == "rising"


def test_half_lives_are_of_time_and_not_of_samples():
    fine = every(5, [200.0 if at < 3_000 else 400.0 for at in range(0, 3_300, 5)])
    coarse = every(30, [200.0 if at < 3_000 else 400.0 for at in range(0, 3_300, 30)])
    amounts = [trend(samples, samples[-1].at).amount_percent for samples in (fine, coarse)]
    assert amounts[0] == pytest.approx(amounts[1], rel=0.15)


def test_a_gap_counts_as_one_step():
    before, after = every(30, FLAT), every(30, [400.0] * 4)
    joined = [*before, *(Sample(at + 3_600, value) for at, value in after)]
    apart = [*before, *(Sample(at + 40_000, value) for at, value in after)]
    whole = [joined, apart]
    first, second = (trend(samples, samples[-1].at) for samples in whole)
    assert first == second
    assert first.direction == "rising"


def test_values_that_are_no_numbers_are_skipped():
    samples = every(30, [*FLAT, math.nan, math.inf, 800.0, 800.0])
    assert trend(samples, samples[-1].at).direction == "rising"


def test_an_old_series_has_no_trend():
    samples = every(30, [*FLAT, 800.0])
    assert trend(samples, samples[-1].at + 60).direction == "rising"
    assert trend(samples, samples[-1].at + 600).direction == "unknown"


def test_times_that_go_backwards_have_no_trend():
    assert trend([*every(30, FLAT), Sample(0.0, 800.0)], 3_600).direction == "unknown"
    assert trend([Sample(5.0, value) for value in FLAT], 5.0).direction == "unknown"


numbers = st.lists(st.floats(-1e9, 1e9), min_size=6, max_size=130)


@given(numbers, st.floats(0.001, 1_000))
def test_the_unit_does_not_matter(values: list[float], scale: float):
    one, other = judged(values), judged([value * scale for value in values])
    if one.amount_percent is not None and other.amount_percent is not None:
        assert one.amount_percent == pytest.approx(other.amount_percent, rel=1e-3, abs=1e-3)


@given(numbers)
def test_a_series_upside_down_has_the_opposite_trend(values: list[float]):
    opposite = {"rising": "falling", "falling": "rising", "steady": "steady"}
    assert judged([-value for value in values]).direction == opposite[judged(values).direction]


@given(st.lists(st.floats(1, 1e6), min_size=6, max_size=60))
def test_what_only_rises_never_falls(values: list[float]):
    assert judged(sorted(values)).direction != "falling"


@given(st.lists(st.tuples(st.floats(-1e9, 1e9), st.floats() | st.integers()), max_size=20))
def test_nothing_raises(pairs: list[tuple[float, float]]):
    assert trend([Sample(*pair) for pair in pairs], 0.0).word
