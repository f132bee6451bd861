"""What the dashboard's own calls tell of the backend: response times and failures, always marked observed."""

import math
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

WINDOW_SECONDS = 300.0
FEWEST = 20
"""Fewer calls than this make no percentile."""
FEWEST_FOR_RATE = 100
"""Fewer make no error rate: one failed call of a few would be many percent."""
MOST = 3_000


@dataclass(frozen=True, slots=True)
class Probe:
    """One call of ours. ``clean``: no slow call ran beside it, so its latency is the backend's own."""

    at: float
    latency: float
    failed: bool
    clean: bool


@dataclass(frozen=True, slots=True)
class ProbeSummary:
    """The last five minutes: percentiles in ms, error rate in percent; None below enough calls."""

    calls: int = 0
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

    def summary(self, now: float) -> ProbeSummary:
        """Percentiles over clean successes, error rate over all calls, of the last five minutes."""
        while self._probes and now - self._probes[0].at > WINDOW_SECONDS:
            self._probes.popleft()
        latencies = sorted(1000 * p.latency for p in self._probes if p.clean and not p.failed)
        calls = len(self._probes)
        enough = len(latencies) >= FEWEST
        return ProbeSummary(
            calls=calls,
            p50=percentile(latencies, 50) if enough else None,
            p95=percentile(latencies, 95) if enough else None,
            p99=percentile(latencies, 99) if enough else None,
            error_rate=100 * sum(p.failed for p in self._probes) / calls
            if calls >= FEWEST_FOR_RATE
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
