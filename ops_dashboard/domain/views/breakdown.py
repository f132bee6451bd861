"""A whole and its parts: how many connections of a pool are in use, how many requests of a cache are hits."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

from ops_dashboard.domain.units import Unit, quantity
from ops_dashboard.domain.views.figure import Display

Look = Literal["c1", "c2", "c3", "c4", "good", "warn", "crit", "rest"]
"""The colour of a part: one of the palette, a judgement, or what is left over."""


@dataclass(frozen=True, slots=True)
class Amount:
    """One part before it is measured against the others."""

    key: str
    label: str
    value: float
    look: Look = "c1"


@dataclass(frozen=True, slots=True)
class Part:
    """One part. ``percent`` of the whole, 0–100; ``start``: the percent of all parts before it."""

    key: str
    label: str
    value: float
    percent: float
    start: float
    text: str
    """The value as it is shown, with its unit."""
    exact: str
    look: Look


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The parts of a whole, in the order in which they are drawn; none where nothing is known of them."""

    title: str
    parts: tuple[Part, ...] = ()
    greatest: float = 0.0
    """Percent of the greatest part: bars that are compared with each other end there."""
    display: Display = "waiting"
    note: str = ""
    """Why there are no parts, or why they are old."""
    sentence: str = ""
    """All of it in words, for those who cannot see it drawn."""


def breakdown(
    title: str,
    amounts: Iterable[Amount],
    unit: Unit,
    *,
    whole: float | None = None,
    display: Display = "value",
    note: str = "",
) -> Breakdown:
    """The parts of ``whole``, which is their sum unless it is given and greater.

    Amounts below zero count as nothing; nothing of nothing is 0 %.
    """
    measured = [(amount, max(0.0, amount.value)) for amount in amounts]
    total = max(sum(value for _, value in measured), whole or 0.0)
    percents = [100 * value / total if total else 0.0 for _, value in measured]
    parts = tuple(
        _part(amount, percent, start, unit)
        for (amount, _), percent, start in zip(
            measured, percents, accumulate(percents, initial=0.0), strict=False
        )
    )
    return Breakdown(
        title,
        parts,
        greatest=max(percents, default=0.0),
        display=display,
        note=note,
        sentence=", ".join(f"{part.label} {part.exact}" for part in parts),
    )


def _part(amount: Amount, percent: float, start: float, unit: Unit) -> Part:
    shown = quantity(amount.value, unit)
    return Part(
        key=amount.key,
        label=amount.label,
        value=amount.value,
        percent=percent,
        start=start,
        text=f"{shown.text} {shown.unit}".strip(),
        exact=shown.exact,
        look=amount.look,
    )
