"""What the dashboard's own calls tell of the backend: response times and failures, of these calls and nobody else's."""

import math
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

WINDOW_SECONDS = 300.0
FEWEST = 100
"""Fewer calls than this make no percentile and no share: one slow or failed call of a few would decide both."""
MOST = 3_000


@dataclass(frozen=True, slots=True)
class Probe:
    """One call of ours to ``source``. ``clean``: no slow call ran beside it, so its latency is the backend's own."""

    at: float
    latency: float
    failed: bool
    clean: bool
    source: str = ""


@dataclass(frozen=True, slots=True)
class ProbeSummary:
    """The last five minutes: percentiles in ms, error rate in percent; None below :data:`FEWEST` calls.

    ``timed`` is how many calls the percentiles are made of, ``calls`` how many the error rate.
    """

    calls: int = 0
    timed: int = 0
    p50: float | None = None
    p95: float | None = None
    p99: float | None = None
    error_rate: float | None = None


class ProbeWindow:
    """A bounded window of probes, newest last."""

    def __init__(self) -> None:
        self._probes: deque[Probe] = deque(maxlen=MOST)

    def add(self, probe: Probe) -> None:
        """Take in one probe; times must not go backwards."""
        self._probes.append(probe)

    def forget_failures(self, since: float) -> None:
        """Leave out the calls that failed from ``since`` on: an outage took them, and is told as one."""
        self._probes = deque((p for p in self._probes if not p.failed or p.at < since), maxlen=MOST)

    def summary(self, now: float) -> ProbeSummary:
        """Percentiles over clean successes, error rate over the calls that work, of the last five minutes.

        A source of which every call failed is left out: it is broken, and told as such.
        """
        while self._probes and now - self._probes[0].at > WINDOW_SECONDS:
            self._probes.popleft()
        latencies = sorted(1000 * p.latency for p in self._probes if p.clean and not p.failed)
        working = {p.source for p in self._probes if not p.failed}
        counted = [p for p in self._probes if p.source in working]
        enough = len(latencies) >= FEWEST
        return ProbeSummary(
            calls=len(counted),
            timed=len(latencies),
            p50=percentile(latencies, 50) if enough else None,
            p95=percentile(latencies, 95) if enough else None,
            p99=percentile(latencies, 99) if enough else None,
            error_rate=100 * sum(p.failed for p in counted) / len(counted)
            if len(counted) >= FEWEST
            else None,
        )


def percentile(ordered: Sequence[float], percent: float) -> float:
    """The nearest-rank percentile of values in ascending order: always one of the values.

    Raises:
        ValueError: when there are no values.
    """
    if not ordered:
        raise ValueError("a percentile needs at least one value")
    return ordered[max(0, math.ceil(percent / 100 * len(ordered)) - 1)]
