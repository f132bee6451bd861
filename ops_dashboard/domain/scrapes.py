"""What the backend's ``/metrics`` tells of its requests: percentiles and rates from the growth of its counters."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from ops_dashboard.domain.metrics.histogram import is_beyond, quantile
from ops_dashboard.domain.metrics.request_counts import Growth, Measure, RequestCounts, at_start, growth
from ops_dashboard.domain.probes import WINDOW_SECONDS

FEWEST = 20
"""Fewer requests than this make no percentile."""
FEWEST_FOR_RATE = 100
"""Fewer make no error rate."""
MOST = 3_000
"""Steps kept."""
MOST_PROCESSES = 8
"""Processes followed at a time, where several answer in turn, each with counters of its own."""


@dataclass(frozen=True, slots=True)
class ScrapeSummary:
    """The requests counted in the last five minutes; None where it cannot be told.

    Below 20 requests there are no percentiles: the p95 would be the slowest request or none. Below 100 there is
    no error rate: one failed request of a few would be many percent.
    """

    requests: float = 0.0
    seconds: float = 0.0
    """The time they were counted in."""
    p50: float | None = None
    """Percentiles in ms."""
    p95: float | None = None
    p99: float | None = None
    beyond: tuple[int, ...] = ()
    """Which percentiles lie beyond the histogram's highest bound: their value is that bound, and a least one."""
    request_rate: float | None = None
    """Requests per second. None also while several processes answer in turn: nothing says how many there are."""
    error_rate: float | None = None
    """Requests answered with a 5xx status, in percent of ``with_status``."""
    with_status: float = 0.0
    """The requests whose status was told."""
    has_histogram: bool = False
    own_included: bool = False
    """The dashboard's own calls are among ``requests``; the next field says it of ``with_status``."""
    own_with_status: bool = False


@dataclass(frozen=True, slots=True)
class _Step:
    """From one reading of a process to its next. Times are monotonic seconds."""

    began: float
    ended: float
    measure: Measure
    grown: Growth
    in_turn: bool
    """Another process was read in between."""


class ScrapeWindow:
    """A bounded window of what was counted from one reading to the next, newest last."""

    def __init__(self) -> None:
        self._read: list[tuple[float, RequestCounts]] = []
        self._steps: deque[_Step] = deque(maxlen=MOST)

    def add(self, at_monotonic: float, counts: RequestCounts, at: float | None = None) -> None:
        """Take in one reading; one that is no later than the last is left out. ``at`` is its moment in unix seconds.

        Behind one address several processes may answer in turn. A reading is held against the earlier one that
        it continues with the least growth. Where it continues none, all that it counts belongs to the time since
        the last reading if its process began in that time; else what was counted before it is not known.
        """
        if self._read and at_monotonic <= self._read[-1][0]:
            return
        self._read = [(at, c) for at, c in self._read if at_monotonic - at <= WINDOW_SECONDS]
        newest_first = list(enumerate(self._read))[::-1]
        continued = [
            (grown, index) for index, (_, c) in newest_first if (grown := growth(c, counts)) is not None
        ]
        if continued:
            grown, index = min(continued, key=lambda found: found[0].requests)
            in_turn = index < len(self._read) - 1
            began, _ = self._read.pop(index)
            self._steps.append(_Step(began, at_monotonic, counts.measure, grown, in_turn))
        elif self._read and at is not None and counts.began is not None:
            began, _ = self._read[-1]
            grown = growth(at_start(counts), counts)
            if grown is not None and 0 <= at - counts.began <= at_monotonic - began:
                self._steps.append(_Step(began, at_monotonic, counts.measure, grown, in_turn=False))
        self._read = [*self._read, (at_monotonic, counts)][-MOST_PROCESSES:]

    def summary(self, now: float) -> ScrapeSummary:
        """Percentiles and rates over the steps that lie wholly within the last five minutes."""
        while self._steps and now - self._steps[0].ended > WINDOW_SECONDS:
            self._steps.popleft()
        recent = [step for step in self._steps if now - step.began <= WINDOW_SECONDS]
        # What is counted may change, as when a first request brings a better histogram to light.
        return _summary([s for s in recent if s.measure == recent[-1].measure])


def _summary(steps: Sequence[_Step]) -> ScrapeSummary:
    if not steps:
        return ScrapeSummary()
    requests = sum(step.grown.requests for step in steps)
    with_status = sum(step.grown.with_status for step in steps)
    seconds = sum(step.ended - step.began for step in steps)
    in_turn = any(step.in_turn for step in steps)
    if in_turn:  # their steps overlap
        seconds = max(step.ended for step in steps) - min(step.began for step in steps)
    measure = steps[-1].measure
    buckets = tuple(map(sum, zip(*(step.grown.buckets for step in steps), strict=True)))
    enough = requests >= FEWEST
    p50, p95, p99 = (
        quantile(percent / 100, measure.edges, buckets, requests) if enough else None
        for percent in (50, 95, 99)
    )
    return ScrapeSummary(
        requests=requests,
        seconds=seconds,
        p50=p50,
        p95=p95,
        p99=p99,
        beyond=tuple(
            percent for percent in (50, 95, 99) if enough and is_beyond(percent / 100, buckets, requests)
        ),
        request_rate=None if in_turn else requests / seconds,
        error_rate=100 * sum(step.grown.failed for step in steps) / with_status
        if with_status >= FEWEST_FOR_RATE
        else None,
        with_status=with_status,
        has_histogram=bool(measure.edges),
        own_included=measure.own_included,
        own_with_status=measure.own_with_status,
    )
