"""A chart as the page knows it: which series it draws and what they mean; the points travel apart."""

from dataclasses import dataclass
from typing import Literal

from ops_dashboard.domain.units import Unit

MarkKind = Literal["anomaly", "info", "warning", "critical"]


@dataclass(frozen=True, slots=True)
class ChartLine:
    """One line: the key of its series, and its name in the legend."""

    key: str
    label: str
    fresh: bool = True
    """Whether its newest value is what is read now, and not what was known last."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """A level that lines are held against, in the unit of its chart."""

    value: float
    label: str
    """What it means, with its unit: "threshold 500 ms"."""


@dataclass(frozen=True, slots=True)
class ChartView:
    """One chart. ``note`` says how the lines came to be, when not reported."""

    key: str
    title: str
    unit: Unit
    lines: tuple[ChartLine, ...] = ()
    thresholds: tuple[Threshold, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """Something worth a mark on a line. Unix seconds; ``until`` is 0 for what still goes on."""

    key: str
    """The key of the series it belongs to."""
    at: float
    until: float
    label: str
    kind: MarkKind
