"""Values out of the ordinary, measured by what the metric itself has usually been."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from statistics import median
from typing import Literal

from ops_dashboard.domain.probes import percentile
from ops_dashboard.domain.robust import mean_deviation, median_deviation
from ops_dashboard.domain.series.points import Sample, is_value
from ops_dashboard.domain.units import Unit, quantity

BadWhen = Literal["up", "down", "both"]

FEWEST = 20
"""Fewer usual samples than this, and nothing is called unusual."""
WINDOW = 120
"""At most this many samples say what is usual."""
RECENT = 3
NEEDED = 2
"""So many of the recent samples must be unusual: a single spike is noise."""
ENOUGH = FEWEST + RECENT
"""So many samples can be judged."""
LIMIT_SCORE = 3.5
_MAD_SCALE = 1 / 0.6745
"""Of a normal distribution: its standard deviation in median absolute deviations."""
_MEAN_SCALE = 1.2533
"""The same in mean absolute deviations, for a series so flat that the median one is zero."""
_USUAL = (10, 90)
"""The percentiles named as usual."""


@dataclass(frozen=True, slots=True)
class Judge:
    """How a metric is judged. Changes below either minimum are never an anomaly."""

    label: str
    """The metric's short name, as the sentence begins: "p95"."""
    unit: Unit
    bad_when: BadWhen
    least_change: float
    """In the metric's own unit; must be positive."""
    least_share: float = 0.2
    """As a share of the median."""


@dataclass(frozen=True, slots=True)
class Anomaly:
    """What is unusual, since when (unix seconds), and against what."""

    since: float
    value: float
    usual_low: float
    usual_high: float
    sentence: str
    """For people: "p95 812 ms, usual 180–240 ms (last 60 min)"."""


def anomaly(samples: Sequence[Sample], now: float, judge: Judge) -> Anomaly | None:
    """Judge the last three of ``samples`` (oldest first, evenly spaced) by those before them.

    Two of the three must be unusual in a bad direction: the modified z-score beyond 3.5, and the change
    above both minimums. None otherwise, and with fewer than 20 samples to judge by.
    """
    known = [sample for sample in samples if is_value(sample.value)]
    before, recent = known[-RECENT - WINDOW : -RECENT], known[-RECENT:]
    if len(before) < FEWEST:
        return None
    values = [sample.value for sample in before]
    middle, limit = median(values), _limit(values, judge)
    usual = sorted(value for value in values if abs(value - middle) <= limit)
    for direction in _directions(judge.bad_when):
        beyond = partial(_beyond, middle=middle, limit=limit, direction=direction)
        unusual = [sample for sample in recent if beyond(sample.value)]
        if len(unusual) >= NEEDED:
            low, high = (percentile(usual, percent) for percent in _USUAL)
            value, minutes = unusual[-1].value, max(1, round((now - before[0].at) / 60))
            sentence = f"{_said(judge, value, low, high)} (last {minutes} min)"
            return Anomaly(_since([*before, *recent], beyond), value, low, high, sentence)
    return None


def _limit(values: Sequence[float], judge: Judge) -> float:
    """The largest distance from the median that is still usual."""
    spread = _MAD_SCALE * median_deviation(values) or _MEAN_SCALE * mean_deviation(values)
    return max(LIMIT_SCORE * spread, judge.least_change, judge.least_share * abs(median(values)))


def _directions(bad_when: BadWhen) -> tuple[int, ...]:
    return {"up": (1,), "down": (-1,), "both": (1, -1)}[bad_when]


def _beyond(value: float, *, middle: float, limit: float, direction: int) -> bool:
    return direction * (value - middle) > limit


def _since(samples: Sequence[Sample], beyond: Callable[[float], bool]) -> float:
    """When the newest unusual stretch began; a single usual sample does not interrupt it."""
    since, usual_in_a_row = samples[-1].at, 0
    for sample in reversed(samples):
        if beyond(sample.value):
            since, usual_in_a_row = sample.at, 0
        else:
            usual_in_a_row += 1
            if usual_in_a_row >= NEEDED:
                break
    return since


def _said(judge: Judge, value: float, low: float, high: float) -> str:
    shown, least, most = (quantity(number, judge.unit) for number in (value, low, high))
    if least == most:
        usual = _joined(most.text, most.unit)
    elif least.unit == most.unit:
        usual = _joined(f"{least.text}–{most.text}", most.unit)
    else:
        usual = f"{_joined(least.text, least.unit)}–{_joined(most.text, most.unit)}"
    return f"{judge.label} {_joined(shown.text, shown.unit)}, usual {usual}"


def _joined(text: str, unit: str) -> str:
    return f"{text} {unit}" if unit else text
