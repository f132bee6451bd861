"""A figure: one number of the page, with everything needed to show it without lying."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal, Self

from ops_dashboard.domain.trend import Trend
from ops_dashboard.domain.views.chart import ChartView

Display = Literal["value", "stale", "waiting", "not_reported", "not_applicable"]
"""A value · a value grown old · no data yet · absent from the answer · without meaning here."""

Origin = Literal["reported", "metrics", "observed", "derived"]
"""The backend itself · its request histograms, read from /metrics · this dashboard's own calls, which are no
users' · computed here from what the backend counts."""


@dataclass(frozen=True, slots=True)
class Past:
    """How a figure came to its value, judged by its last hour."""

    trend: Trend = Trend()
    anomaly: str = ""
    """Why the value is out of the ordinary, in one sentence; empty while it is not."""
    anomaly_since: float = 0.0
    sparkline: str = ""
    """The path of the last hour, see :mod:`~ops_dashboard.domain.views.sparkline`; empty where none is drawn."""
    per_second: float | None = None
    """How fast a counter grew at its last reading; None for other figures, and while it cannot be told."""
    rate: str = ""
    """The same in words: "4.1 /s"."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One labelled number. ``text`` is empty for the three displays that have no value."""

    key: str
    label: str
    display: Display = "waiting"
    text: str = ""
    unit: str = ""
    """As it is shown; of a figure that waits, the :data:`~ops_dashboard.domain.units.Unit` it is read in, if known."""
    exact: str = ""
    note: str = ""
    """Why there is no value, or why it is old: a short sentence, empty otherwise."""
    origin: Origin = "reported"
    origin_note: str = ""
    """How an observed or derived value came to be; empty for a reported one."""
    tone: str = ""
    """"" | "good" | "warn" | "crit": for border and icon, never the only signal."""
    at: float = 0.0
    """When the value was received, unix seconds; 0 when it never was."""
    value: float | None = None
    """The number itself, in the unit it was read in; None where ``text`` is no number."""
    every: float = 0.0
    """How often a new value is expected, seconds."""
    counter: bool = False
    """The value only ever grows, but for restarts: what happens per second is what matters."""
    past: Past | None = None
    aside: str = ""
    """Of a missing figure, what own calls show: "own calls p95 12 ms". Of a stale one, of what there has been
    nothing new since ``at``, so that it is frozen: "events"."""


@dataclass(frozen=True, slots=True)
class Freshness:
    """How old a panel's data is, and what happens next if it could not be read."""

    display: Display = "waiting"
    at: float = 0.0
    """When the shown data was received, unix seconds; 0 when it never was."""
    reason: str = ""
    """What failed, in plain words; empty while reading works."""
    failing_since: float = 0.0
    next_retry_at: float = 0.0
    seldom: str = ""
    """Why it is read seldom, and how often; empty for what is read with every refresh."""
    next_read_at: float = 0.0
    """When it is likely to be read next; 0 for what is read with every refresh."""


@dataclass(frozen=True, slots=True)
class Panel:
    """A titled region of the page: its status, its freshness and its figures."""

    key: str
    title: str
    status: str = ""
    """A :class:`~ops_dashboard.domain.status.Status` value, or empty for panels without one."""
    status_word: str = ""
    message: str = ""
    freshness: Freshness = Freshness()
    figures: tuple[Figure, ...] = ()
    charts: tuple[ChartView, ...] = ()

    def all_figures(self) -> Iterator[Figure]:
        """Every figure of the panel, wherever it stands. Panels that hold further ones add them."""
        yield from self.figures

    def with_each_figure(self, changed: Callable[[Figure], Figure]) -> Self:
        """The panel with every figure that :meth:`all_figures` gives ``changed``."""
        return replace(self, figures=tuple(map(changed, self.figures)))

    def draws(self, figure: Figure) -> bool:
        """Whether the panel shows the sparkline of ``figure``; without one it is not sent."""
        del figure
        return False
