"""Where a metric is heading: its average of the last minutes against that of the last quarter of an hour."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Literal

from ops_dashboard.domain.robust import median_deviation
from ops_dashboard.domain.series.points import Sample, is_value

Direction = Literal["rising", "falling", "steady", "unknown"]
GoodWhen = Literal["low", "high", "neutral"]
Judgement = Literal["good", "bad", "neutral"]

SHORT_HALF_LIFE = 120.0
LONG_HALF_LIFE = 900.0
"""Seconds after which a sample weighs half: of the recent average, and of the one it is held against."""
FEWEST = 6
"""Fewer samples than this make no trend."""
DEAD_SHARE = 0.05
"""A smaller change than this share of the long average is none."""
_GAP_STEPS = 3


@dataclass(frozen=True, slots=True)
class Trend:
    """The direction, how far it has gone, and whether that is welcome."""

    direction: Direction = "unknown"
    amount_percent: float | None = None
    """The short average's distance from the long one in percent, signed; None when the long one is zero."""
    word: str = "trend unknown"
    """For people: "rising 71 %", "steady"."""
    judgement: Judgement = "neutral"


@dataclass(slots=True)
class _Average:
    """An average whose weights halve every ``half_life`` seconds."""

    half_life: float
    total: float = 0.0
    weight: float = 0.0

    @property
    def value(self) -> float:
        return self.total / self.weight

    def take(self, value: float, seconds: float) -> None:
        keep = 0.5 ** (seconds / self.half_life)
        self.total = self.total * keep + value * (1 - keep)
        self.weight = self.weight * keep + (1 - keep)


def trend(
    samples: Sequence[Sample], now: float, good_when: GoodWhen = "neutral", least: float = 0.0
) -> Trend:
    """Judge ``samples`` (oldest first, about the last hour of them) at ``now``, in unix seconds.

    A change counts when it exceeds 5 % of the long average, ``least`` in the metric's own unit, and the
    noise: the median absolute deviation of the samples around the long average; and the newest value must lie
    on that side too, so that a spike just over is not called rising. A gap counts as one step.
    The trend is unknown below six samples, and when the newest is old.
    """
    known = [sample for sample in samples if is_value(sample.value)]
    steps = [later.at - earlier.at for earlier, later in pairwise(known)]
    if len(known) < FEWEST or min(steps) < 0:
        return Trend()
    step = median(steps)
    if step <= 0 or now - known[-1].at > max(_GAP_STEPS * step, SHORT_HALF_LIFE):
        return Trend()
    short, long, noise = _averages(known, steps, step)
    change = short - long
    over = (known[-1].value - long) * change <= 0  # the average still goes where the value no longer is
    if over or abs(change) <= max(DEAD_SHARE * abs(long), noise, least):
        return Trend("steady", _percent(change, long), "steady")
    direction = "rising" if change > 0 else "falling"
    amount = _percent(change, long)
    return Trend(direction, amount, _word(direction, amount), _judgement(direction, good_when))


def _averages(samples: Sequence[Sample], steps: Sequence[float], step: float) -> tuple[float, float, float]:
    """The short average, the long one, and the noise around the long one."""
    short, long = _Average(SHORT_HALF_LIFE), _Average(LONG_HALF_LIFE)
    residuals = []
    for sample, passed in zip(samples, [step, *steps], strict=True):
        if long.weight:
            residuals.append(sample.value - long.value)
        seconds = step if passed > _GAP_STEPS * step else passed
        short.take(sample.value, seconds)
        long.take(sample.value, seconds)
    return short.value, long.value, median_deviation(residuals)


def _percent(change: float, base: float) -> float | None:
    percent = 100 * change / abs(base) if base else None
    return percent if is_value(percent) else None


def _word(direction: Direction, amount: float | None) -> str:
    return direction if amount is None else f"{direction} {abs(amount):,.0f} %"


def _judgement(direction: Direction, good_when: GoodWhen) -> Judgement:
    if good_when == "neutral":
        return "neutral"
    return "good" if (direction == "falling") == (good_when == "low") else "bad"
