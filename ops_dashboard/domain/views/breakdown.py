"""A whole and its parts: how many connections of a pool are in use, how many requests of a cache are hits."""

from collections.abc import Iterable
from dataclasses import dataclass

from ops_dashboard.domain.units import Unit, quantity
from ops_dashboard.domain.views.figure import Display


@dataclass(frozen=True, slots=True)
class Part:
    """One part. ``percent`` of the whole, 0–100; ``tone`` is "" | "good" | "warn" | "crit" | "rest"."""

    key: str
    label: str
    value: float
    percent: float
    text: str
    """The value as it is shown, with its unit."""
    exact: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The parts of a whole, in the order in which they are drawn; none where nothing is known of them."""

    title: str
    parts: tuple[Part, ...] = ()
    whole: str = ""
    """What the parts add up to, in words: "of 20 connections"."""
    display: Display = "waiting"
    note: str = ""
    """Why there are no parts, or why they are old."""
    sentence: str = ""
    """All of it in words, for those who cannot see it drawn."""


def parts_of(
    amounts: Iterable[tuple[str, str, float, str]], unit: Unit, whole: float | None = None
) -> tuple[Part, ...]:
    """The parts of ``whole`` (their sum, unless it is given and more), from (key, label, value, tone) each.

    Parts below zero count as nothing; a whole of zero has parts of 0 %.
    """
    rows = list(amounts)
    total = max(sum(max(0.0, value) for _, _, value, _ in rows), whole or 0.0)
    return tuple(
        Part(
            key=key,
            label=label,
            value=value,
            percent=100 * max(0.0, value) / total if total else 0.0,
            text=f"{shown.text} {shown.unit}".strip(),
            exact=shown.exact,
            tone=tone,
        )
        for key, label, value, tone in rows
        for shown in (quantity(value, unit),)
    )
