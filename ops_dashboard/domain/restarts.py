"""When the backend restarted, as far as its answers tell: by its start time, its uptime, or counters that fell back."""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from ops_dashboard.domain.metrics.events import EventsReport
from ops_dashboard.domain.metrics.fields import Report
from ops_dashboard.domain.metrics.performance import PerformanceReport
from ops_dashboard.domain.metrics.process import ProcessReport

MOST_RESTARTS = 100
"""Restarts kept, and start times of processes known."""
SAME_SECONDS = 5.0
"""Start times and uptimes are rounded, and read a little apart: what is closer is one start."""
SAME_FALL_SECONDS = 60.0
"""Two calls tell of one restart up to so far apart."""
CONFIRMED_AFTER = 3
"""So many answers in a row must go on from counters that fell back: of several processes that answer in turn,
each has its own."""


@dataclass(frozen=True, slots=True)
class _Restart:
    at: float
    source: str
    start: float
    """By the clock of the source; only to be compared with others of it."""


@dataclass(frozen=True, slots=True)
class _Fall:
    """Counters that fell back ``at`` some moment, from ``high`` to ``low``."""

    at: float
    high: Mapping[str, float]
    low: Mapping[str, float]
    confirmed: int = 1


class RestartLog:
    """Finds the restarts in the answers, and keeps the latest. Moments are unix seconds.

    Where several processes answer in turn, each with its own start time or counters, an old one that comes back
    shows that nothing restarted.
    """

    def __init__(self) -> None:
        self._found: deque[_Restart] = deque(maxlen=MOST_RESTARTS)
        self._began: dict[str, float] = {}
        """Of each source, when it was first read, by the clock that its start times are told in."""
        self._read_at: dict[str, float] = {}
        self._starts: dict[str, deque[float]] = {}
        """The start times told, by source."""
        self._counted: dict[str, Mapping[str, float]] = {}
        self._fallen: dict[str, _Fall] = {}

    @property
    def moments(self) -> tuple[float, ...]:
        """When it restarted, oldest first."""
        return tuple(sorted(restart.at for restart in self._found))

    def read(self, source: str, report: Report | None, now: float, monotonic: float) -> None:
        """Take in an answer of ``source``, received at ``now``, which is ``monotonic`` by a clock never set."""
        if isinstance(report, ProcessReport) and report.started_at is not None:
            self._started(source, report.started_at, report.started_at, now, now)
        elif isinstance(report, PerformanceReport) and report.uptime_seconds is not None:
            uptime = report.uptime_seconds
            self._started(source, monotonic - uptime, now - uptime, now, monotonic)
        elif (counts := _counters(report)) and not self._starts:
            self._counts(source, counts, now)
        self._read_at[source] = now

    def _started(self, source: str, start: float, at: float, now: float, clock: float) -> None:
        """A process tells its ``start``, by a ``clock``. One from before we looked, or known, is no restart."""
        began = self._began.setdefault(source, clock)
        starts = self._starts.setdefault(source, deque(maxlen=MOST_RESTARTS))
        if any(abs(start - known) <= SAME_SECONDS for known in starts):
            self._take_back(source, start)
            return
        is_later = bool(starts) and start > max(starts) and start >= began - SAME_SECONDS
        starts.append(start)
        if is_later:  # the backend's clock may be wrong: it began since the last answer by ours
            since = self._read_at.get(source, now)
            self._add(_Restart(min(max(at, since), now), source, start), since)

    def _take_back(self, source: str, start: float) -> None:
        """A process from before the last restart still answers: others were started beside it."""
        false = [one for one in self._found if one.source == source and one.start > start + SAME_SECONDS]
        for one in false:
            self._found.remove(one)

    def _add(self, restart: _Restart, since: float) -> None:
        """Keep it, unless another source has told of it: it was seen between ``since`` and now."""
        if not any(
            one.source != restart.source and since - SAME_SECONDS <= one.at <= restart.at + SAME_SECONDS
            for one in self._found
        ):
            self._found.append(restart)

    def _counts(self, source: str, counts: Mapping[str, float], now: float) -> None:
        before, self._counted[source] = self._counted.get(source), counts
        fall = self._fallen.pop(source, None)
        if fall is None:
            if before is not None and not _goes_on(before, counts):
                self._fallen[source] = _Fall(now, before, counts)
        elif _goes_on(fall.low, counts) and not _goes_on(fall.high, counts):
            if fall.confirmed + 1 < CONFIRMED_AFTER:
                self._fallen[source] = replace(fall, low=counts, confirmed=fall.confirmed + 1)
            else:
                self._add(_Restart(fall.at, source, fall.at), fall.at - SAME_FALL_SECONDS)


def _counters(report: Report | None) -> dict[str, float]:
    """What only grows while a process lives."""
    if isinstance(report, EventsReport):
        told = {"emitted": report.emitted, "received": report.received, "failed": report.failed}
    elif isinstance(report, ProcessReport):
        told = {"cpu": report.cpu_seconds, "requests": report.observed_requests}
    else:
        return {}
    return {name: value for name, value in told.items() if value is not None}


def _goes_on(earlier: Mapping[str, float], later: Mapping[str, float]) -> bool:
    return all(later.get(name, value) >= value for name, value in earlier.items())


def restart_sentence(moments: Sequence[float]) -> str:
    """What is said of restarts close to each other (unix seconds, oldest first); nothing of none."""
    if not moments:
        return ""
    last = f"{datetime.fromtimestamp(moments[-1], UTC):%H:%M:%S} UTC"
    if len(moments) == 1:
        return f"Backend restarted at {last}"
    return f"Backend restarted {len(moments)} times within {moments[-1] - moments[0]:.0f} s, last at {last}"
