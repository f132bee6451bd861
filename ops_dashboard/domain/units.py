"""All numbers of the page go through here: one format per unit, tabular and unambiguous."""

from collections.abc import Iterable
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


def quantity(value: float, unit: Unit, bounds: Iterable[float] = ()) -> Quantity:
    """Format ``value``. Rounding never takes it to or across one of ``bounds``, to zero, or to 100 %.

    >>> quantity(1240.5, "ms")
    Quantity(text='1,240', unit='ms', exact='1,240.5 ms')
    >>> quantity(0.004, "%").text, quantity(5.004, "%", [5]).text, quantity(99.996, "%").text
    ('0.004', '5.004', '> 99.99')
    """
    limits = tuple(bounds)
    if unit == "duration":
        return _duration(value, limits)
    if unit == "bytes":
        return _bytes(value, limits)
    if unit == "count":
        return Quantity(_told(value, limits), "", exact(value))
    if unit == "rating":
        return Quantity(_told(value, limits), "of 5", f"{exact(value)} of 5")
    if unit == "tasks":
        return Quantity(_told(value, limits), "task" if value == 1 else "tasks", f"{exact(value)} tasks")
    if unit == "%" and 99.99 < value < 100:
        return Quantity("> 99.99", unit, f"{exact(value)} {unit}")
    text = _told(value, (*limits, 100) if unit == "%" else limits)
    return Quantity(text, unit, f"{exact(value)} {unit}")


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


def _told(value: float, bounds: tuple[float, ...]) -> str:
    """With as many digits, up to four after the point, as keep it on its side of each bound."""
    text = _scaled(value)
    if not _crossed(text, value, bounds):
        return text
    longer = (_trim(f"{value:,.{digits}f}") for digits in range(1, 5))
    told = next((text for text in longer if not _crossed(text, value, bounds)), "")
    bound = _crossed(text, value, bounds)[0]
    return told or f"{'>' if value > bound else '<'} {exact(bound)}"


def _crossed(text: str, value: float, bounds: tuple[float, ...]) -> list[float]:
    shown = value if text[0] in "<>" else float(text.replace(",", ""))
    return [b for b in bounds if (value > b and shown <= b) or (value < b and shown >= b)]


def _scaled(value: float) -> str:
    size = abs(value)
    if size >= 100 or value == int(value):
        return f"{value:,.0f}"
    if size >= 10:
        return _trim(f"{value:.1f}")
    if size >= 0.1:
        return _trim(f"{value:.2f}")
    return f"{value:.2g}" if size >= 0.001 else "< 0.001" if value > 0 else "> -0.001"


def _duration(seconds: float, bounds: tuple[float, ...]) -> Quantity:
    for size, unit in ((_DAY, "d"), (_HOUR, "h"), (_MINUTE, "min")):
        if seconds >= size:
            text = _told(seconds / size, tuple(bound / size for bound in bounds))
            return Quantity(text, unit, duration(seconds))
    return Quantity(_told(seconds, bounds), "s", f"{exact(seconds)} s")


def _bytes(value: float, bounds: tuple[float, ...]) -> Quantity:
    size, scale, unit = value, 1, "B"
    for larger in ("KB", "MB", "GB", "TB"):
        if abs(size) < 1000:
            break
        size, scale, unit = size / 1000, scale * 1000, larger
    return Quantity(_told(size, tuple(bound / scale for bound in bounds)), unit, f"{exact(value)} bytes")


def _trim(number: str) -> str:
    return number.rstrip("0").rstrip(".")
