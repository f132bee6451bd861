"""The past of the page's numbers: recorded with every page, handed out as judgements, windows and ticks."""

from collections.abc import Iterable
from typing import Any

from ops_dashboard.domain.anomaly_log import AnomalyLog
from ops_dashboard.domain.series.counters import counter_rate
from ops_dashboard.domain.series.points import SPANS, Gap, Point, Sample, Span
from ops_dashboard.domain.series.store import HELD_SECONDS, Store
from ops_dashboard.domain.views.comparison import with_changes
from ops_dashboard.domain.views.figure import Figure, Past
from ops_dashboard.domain.views.page import PageView
from ops_dashboard.domain.views.past import SPAN, past_of, with_past
from ops_dashboard.domain.views.readings import Reading, readings
from ops_dashboard.domain.views.series_keys import origins_of, series_key, users_keys
from ops_dashboard.domain.views.sparkline import sparkline
from ops_dashboard.monitor.every import Every

EXPIRE_SECONDS = 60.0
TICK_POINTS = 2
"""The point that still fills, and the one before it, which may have got its last sample since."""
_JUDGED_SECONDS = 5.0
"""Where samples come every second, not each of them is worth judging an hour anew."""
_JUDGED_ANEW_SECONDS = 30.0
"""Without a new sample a judgement grows old with the clock: a trend ends, a sparkline moves on."""


class History:
    """Lives on one event loop. Moments are unix seconds by the collector's clock."""

    def __init__(self) -> None:
        self.store = Store()
        self.anomalies = AnomalyLog()
        self.adopted = 0
        """How often a past from before was taken over."""
        self._counted: dict[str, Sample] = {}
        self._seen: dict[str, float] = {}
        self._judged: dict[str, tuple[tuple[int, int, str], Past | None]] = {}
        self._expire_due = Every(EXPIRE_SECONDS)
        self._ticked_at = 0.0
        self._ticks: dict[tuple[Span, frozenset[str]], dict[str, Any]] = {}

    def remember(self, page: PageView, now: float) -> PageView:
        """Record what is new on ``page``; returns it with what the past says of its figures."""
        for reading in readings(page):
            self._record(reading)
        if self._expire_due.is_due(now):
            self._expire(now)
        return with_changes(
            with_past(page, lambda figure: self._past(figure, now), self._last),
            lambda key, span: self._ago(key, span, now),
        )

    def adopt(self, older: Store) -> None:
        """Take over what was known before, and let follow what was recorded since the start."""
        older.extend(self.store)
        self.store = older
        self.adopted += 1
        self._judged.clear()
        self._ticks.clear()

    def window(self, keys: Iterable[str], span: Span, now: float, *, previous: bool) -> dict[str, Any]:
        """What ``/api/history`` answers: the points of each series, and of the period before when asked for.

        ``past`` changes when an older past is adopted: what was answered before lacks it.
        """
        return {
            "range": span,
            "seconds": SPANS[span],
            "step": self.store.interval(span),
            "at": now,
            "past": self.adopted,
            "series": {
                key: {
                    "since": self.store.known_since(key),
                    "points": _points(self.store.window(key, span, now)),
                    "previous": _points(self.store.previous(key, span, now)) if previous else None,
                }
                for key in keys
            },
        }

    def tick(self, keys: Iterable[str], span: Span, now: float) -> dict[str, Any]:
        """The newest points of each series: what a chart that has its window needs after a refresh."""
        wanted = frozenset(keys)
        if self._ticked_at != now:
            self._ticks.clear()
            self._ticked_at = now
        tick = self._ticks.get((span, wanted))  # all tabs ask at once, and most for the same
        if tick is None:
            newest = {key: _points(self.store.window(key, span, now)[-TICK_POINTS:]) for key in wanted}
            tick = {"range": span, "at": now, "past": self.adopted, "series": newest}
            self._ticks[span, wanted] = tick
        return tick

    def sparkline(self, key: str, now: float) -> str:
        """The last hour of a figure as a path, of the origin that was read last; empty where none is known."""
        known = [name for name in origins_of(key) if name in self.store]
        if not known:
            return ""
        newest = max(known, key=lambda name: self.store.last(name, 1)[-1:])
        return sparkline(self.store.window(newest, SPAN, now), now - SPANS[SPAN], now)

    def _record(self, reading: Reading) -> None:
        if self._seen.get(reading.key) == reading.at:
            return
        self._seen[reading.key] = reading.at
        value: float | None = reading.value
        if reading.counter:
            current = Sample(reading.at, reading.value)
            before = self._counted.get(reading.key)
            self._counted[reading.key] = current
            value = counter_rate(before, current) if before else None
        if value is not None:
            self.store.add(reading.key, reading.at, value, reading.every)

    def _ago(self, key: str, span: Span, now: float) -> float | None:
        point = self.store.ago(key, span, now)
        return point.last if point is not None else None

    def _last(self, figure: Figure) -> Sample | None:
        """What users' figures showed last, by the backend's own report or its ``/metrics``."""
        known = [sample for key in users_keys(figure.key) for sample in self.store.last(key, 1)]
        return max(known, key=lambda sample: sample.at, default=None)

    def _past(self, figure: Figure, now: float) -> Past | None:
        key = series_key(figure)
        state = (int(figure.at // _JUDGED_SECONDS), int(now // _JUDGED_ANEW_SECONDS), figure.display)
        known = self._judged.get(key)
        if known is not None and known[0] == state:
            return known[1]
        past = past_of(figure, self.store, now)
        self._judged[key] = (state, past)
        if past is not None and figure.display == "value":
            self.anomalies.note(key, past.anomaly, past.anomaly_since, now)
        return past

    def _expire(self, now: float) -> None:
        self.store.expire(now)
        # A counter has no series before its second reading.
        begun = (key for key, sample in self._counted.items() if abs(now - sample.at) < HELD_SECONDS)
        kept = {*self.store, *begun}
        self.anomalies.keep(kept, now)
        for memory in (self._counted, self._seen, self._judged):
            for key in memory.keys() - kept:
                del memory[key]


def _points(points: Iterable[Point | Gap]) -> list[list[float] | None]:
    return [None if isinstance(p, Gap) else [p.at, p.mean, p.low, p.high, p.last] for p in points]
