"""How a number of a time range compares with the same number one range earlier."""

import math
from dataclasses import dataclass
from typing import Literal

from ops_dashboard.domain.units import Unit, exact, quantity

NONE_YET = "no comparison yet"


@dataclass(frozen=True, slots=True)
class Change:
    """The difference in words and as a direction. Neither way is good or bad."""

    direction: Literal["up", "down", "same", "unknown"] = "unknown"
    word: str = NONE_YET
    """For people: "+12 %", "no change"."""
    against: str = ""
    """What it is held against: "against the 24 h before"; empty where there is nothing."""
    exact: str = ""
    """The earlier value in full, or why there is none."""


def change(now: float, earlier: float, unit: Unit, period: str) -> Change:
    """The change from ``earlier`` to ``now``, both in ``unit``; ``period`` names when that was.

    Amounts change by percent; what is a percentage or a rating itself changes by its difference.
    """
    difference = now - earlier
    was = quantity(earlier, unit).exact
    against, told = f"against {period}", f"{was} in {period}"
    word = _amount(difference, earlier, unit)
    if not word:
        return Change("same", "no change", against, told)
    direction = "up" if difference > 0 else "down"
    return Change(direction, f"{'+' if difference > 0 else '−'}{word}", against, told)


def _amount(difference: float, earlier: float, unit: Unit) -> str:
    """The size of a difference; empty where it would be shown as nothing."""
    size = abs(difference)
    if unit in ("%", "rating"):
        shown = exact(round(size, 2))
        noun = "" if unit == "rating" else " point" if shown == "1" else " points"
        return "" if shown == "0" else f"{shown}{noun}"
    if earlier == 0:
        shown = quantity(size, unit)
        return f"{shown.text} {shown.unit}".strip() if size else ""
    percent = 100 * size / abs(earlier)
    if 99.5 <= percent < 100:
        return f"{math.floor(10 * percent) / 10:.1f} %"  # not all of it is gone
    shown = exact(round(percent, 1 if percent < 10 else None))
    return "" if shown == "0" else f"{shown} %"
