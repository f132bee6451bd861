"""All numbers of the page go through here: one format per unit, tabular and unambiguous."""

from dataclasses import dataclass
from typing import Literal

Unit = Literal["ms", "s", "/s", "%", "MB", "MiB", "bytes", "count", "tasks", "rating", "duration"]

_MINUTE, _HOUR, _DAY = 60, 3600, 86400


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number ready to show: ``text`` and ``unit`` apart (the unit is drawn small), ``exact`` in full."""

    text: str
    unit: str
    exact: str


def quantity(value: float, unit: Unit) -> Quantity:
    """Format ``value``. Zero stays "0", and a small value is never rounded to it.

    >>> quantity(1240.5, "ms")
    Quantity(text='1,240', unit='ms', exact='1,240.5 ms')
    >>> quantity(0.004, "%").text
    '0.004'
    """
    if unit == "duration":
        return _duration(value)
    if unit == "bytes":
        return _bytes(value)
    if unit == "count":
        return Quantity(_grouped(value), "", exact(value))
    if unit == "rating":
        return Quantity(_scaled(value), "of 5", f"{exact(value)} of 5")
    if unit == "tasks":
        return Quantity(_grouped(value), "task" if value == 1 else "tasks", f"{exact(value)} tasks")
    return Quantity(_scaled(value), unit, f"{exact(value)} {unit}")


def duration(seconds: float) -> str:
    """A length of time in its two largest units: "45 s", "12 min 5 s", "3 h 4 min", "2 d 1 h"."""
    whole = round(seconds)
    if whole < _MINUTE:
        return f"{_scaled(seconds)} s" if seconds < 10 else f"{whole} s"
    if whole < _HOUR:
        return _two(whole // _MINUTE, "min", whole % _MINUTE, "s")
    if whole < _DAY:
        return _two(whole // _HOUR, "h", whole % _HOUR // _MINUTE, "min")
    return _two(whole // _DAY, "d", whole % _DAY // _HOUR, "h")


def exact(value: float) -> str:
    """The number as it was read, with separators: at most six digits after the point, but never none."""
    if 0 < abs(value) < 1e-6:
        return f"{value:.3g}"
    return _trim(f"{value:,.6f}") if value != int(value) else f"{int(value):,}"


def _two(large: int, large_unit: str, small: int, small_unit: str) -> str:
    head = f"{large:,} {large_unit}"
    return f"{head} {small} {small_unit}" if small else head


def _grouped(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else _scaled(value)


def _scaled(value: float) -> str:
    size = abs(value)
    if size >= 100 or value == int(value):
        return f"{value:,.0f}"
    if size >= 10:
        return _trim(f"{value:.1f}")
    if size >= 0.1:
        return _trim(f"{value:.2f}")
    return f"{value:.2g}" if size >= 0.001 else "< 0.001"


def _duration(seconds: float) -> Quantity:
    for size, unit in ((_DAY, "d"), (_HOUR, "h"), (_MINUTE, "min")):
        if seconds >= size:
            return Quantity(_scaled(seconds / size), unit, duration(seconds))
    return Quantity(_scaled(seconds), "s", f"{exact(seconds)} s")


def _bytes(value: float) -> Quantity:
    size, unit = value, "B"
    for larger in ("KB", "MB", "GB", "TB"):
        if abs(size) < 1000:
            break
        size, unit = size / 1000, larger
    return Quantity(_scaled(size), unit, f"{exact(value)} bytes")


def _trim(number: str) -> str:
    return number.rstrip("0").rstrip(".")
