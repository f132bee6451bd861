"""What the system's gauges show at one moment: pure functions of the seed, the time and the scenario."""

import math
from dataclasses import dataclass
from functools import cached_property

from ops_dashboard.demo.modules import MODULES, errors_due, module_response_ms, module_status
from ops_dashboard.demo.noise import Noise
from ops_dashboard.demo.timeline import Timeline

ERROR_WINDOW_SECONDS = 300.0
"""A module's error count covers this much time."""

_Z50, _Z95, _Z99 = 0.0, 1.6449, 2.3263


@dataclass(frozen=True, slots=True)
class Latency:
    """A log-normal spread of durations in ms, so that percentiles and histograms tell the same story."""

    p95: float
    sigma: float

    def quantile(self, z: float) -> float:
        """The duration in ms at the normal quantile ``z``."""
        return self.p95 * math.exp((z - _Z95) * self.sigma)

    @property
    def p50(self) -> float:
        """The median in ms."""
        return self.quantile(_Z50)

    @property
    def p99(self) -> float:
        """The 99th percentile in ms."""
        return self.quantile(_Z99)

    @property
    def mean(self) -> float:
        """The mean in ms."""
        return self.p50 * math.exp(self.sigma**2 / 2.0)

    def share_below(self, ms: float) -> float:
        """Which part of all durations is at most ``ms``."""
        return 0.5 * (1.0 + math.erf(math.log(ms / self.p50) / (self.sigma * math.sqrt(2.0))))

    def percentiles(self) -> dict[str, float]:
        """p50, p95 and p99, rounded as a backend would."""
        return {"p50": round(self.p50, 3), "p95": round(self.p95, 3), "p99": round(self.p99, 3)}


class Readings:
    """The gauges at ``t`` (unix seconds). Each is worked out when first asked for."""

    pool_max = 40
    workers_expected = 4

    def __init__(
        self, noise: Noise, timeline: Timeline, t: float, cache_cleared_at: float = -math.inf
    ) -> None:
        self.t = t
        self._noise = noise
        self._timeline = timeline
        self._since_clear = t - cache_cleared_at if t >= cache_cleared_at else math.inf

    def wander(self, key: str) -> float:
        """The smooth noise of that name at this moment, -1 to 1."""
        return self._noise.wander(key, self.t)

    @cached_property
    def stress(self) -> float:
        """0 healthy to 1 full incident, or worse."""
        return self._timeline.stress(self.t)

    @cached_property
    def backlog(self) -> float:
        """Stress as the queues feel it, a little later."""
        return self._timeline.backlog(self.t)

    @cached_property
    def daily(self) -> float:
        """The daily load curve: 0 at 01:00 UTC, 1 at 13:00 UTC."""
        return daily_load(self.t)

    @cached_property
    def request_rate(self) -> float:
        """Requests per second."""
        return (22.0 + 18.0 * self.daily + 2.5 * self.wander("requests")) * (
            1.0 - 0.12 * min(self.stress, 1.0)
        )

    @cached_property
    def error_rate(self) -> float:
        """Percentage of requests answered with a 5xx status."""
        everyday = 0.42 + 0.05 * self.daily + 0.08 * self.wander("errors")
        return everyday + 8.4 * self.stress * (1.0 + 0.06 * self.wander("errors"))

    @cached_property
    def response(self) -> Latency:
        """Response times of all requests."""
        calm = 195.0 + 25.0 * self.daily + 14.0 * self.wander("latency")
        suffering = 600.0 * self.stress * (1.0 + 0.07 * self.wander("latency"))
        return Latency(calm + suffering, 0.88 + 0.04 * self.wander("spread") + 0.12 * min(self.stress, 1.0))

    @cached_property
    def event_latency(self) -> Latency:
        """Delivery times of the event bus."""
        return Latency(0.78 + 0.06 * self.wander("events") + 0.9 * self.stress, 0.6)

    @cached_property
    def event_rate(self) -> float:
        """Events emitted per second."""
        return (2.4 + 2.2 * self.daily + 0.3 * self.wander("event rate")) * (
            1.0 - 0.2 * min(self.stress, 1.0)
        )

    @cached_property
    def pool_active(self) -> int:
        """Database connections in use: never so many that the dashboard leaves out the calls that need one."""
        percent = 38.0 + 12.0 * self.daily + 3.0 * self.wander("pool") + 36.0 * self.stress
        return round(self.pool_max * min(percent, 88.0) / 100.0)

    @cached_property
    def pool_idle(self) -> int:
        """Open database connections not in use."""
        return min(self.pool_max - self.pool_active, max(2, 24 - self.pool_active))

    @cached_property
    def pool_utilization(self) -> float:
        """Connections in use as a percentage of the maximum."""
        return 100.0 * self.pool_active / self.pool_max

    @cached_property
    def avg_query_ms(self) -> float:
        """Mean duration of a database query in ms."""
        return 6.4 + 1.6 * self.daily + 0.5 * self.wander("query") + 31.0 * self.stress

    @cached_property
    def slow_query_rate(self) -> float:
        """Queries slower than 100 ms, per second."""
        return 0.009 + 0.3 * self.stress

    @cached_property
    def cache_fill(self) -> float:
        """How full the cache is: 1 in everyday life, 0 just after it was cleared."""
        return -math.expm1(-self._since_clear / 180.0)

    @cached_property
    def cache_hit_rate(self) -> float:
        """Percentage of cache reads that hit."""
        return (91.0 + 1.4 * self.wander("cache") - 6.0 * self.stress) * self.cache_fill

    @cached_property
    def cache_size_mb(self) -> float:
        """Memory the cache holds, in MB."""
        return 2.0 + (412.0 + 18.0 * self.wander("cache size")) * self.cache_fill

    @cached_property
    def eviction_rate(self) -> float:
        """Keys evicted per second."""
        return (0.9 + 0.3 * self.wander("evictions") + 2.5 * self.stress) * self.cache_fill**4

    @cached_property
    def queue_length(self) -> int:
        """Tasks waiting for a worker."""
        return max(
            0,
            round(
                6.0
                + 8.0 * self.daily
                + 5.0 * self.wander("queue")
                + 150.0 * self.backlog * (1.0 + 0.07 * self.wander("queue"))
            ),
        )

    @cached_property
    def processing_rate(self) -> float:
        """Tasks finished per second."""
        everyday = 4.6 + 3.2 * self.daily + 0.4 * self.wander("tasks")
        return everyday * (1.0 - 0.5 * min(self.stress, 1.4))

    @cached_property
    def active_workers(self) -> int:
        """Workers that answer."""
        return self.workers_expected - (1 if self.stress > 1.1 else 0)

    @cached_property
    def task_failure_rate(self) -> float:
        """Tasks failing per second."""
        return 0.0006 + 0.05 * self.stress

    @cached_property
    def delivery_failure_rate(self) -> float:
        """Event deliveries failing per second."""
        return 0.0004 + 0.06 * self.stress

    def module_status(self, name: str) -> str:
        """healthy, degraded or down."""
        return module_status(MODULES[name], self.stress)

    def module_response_ms(self, name: str) -> float:
        """Mean response time of one module in ms."""
        return module_response_ms(MODULES[name], self.stress, self.daily, self.wander(f"module/{name}"))

    def module_errors(self, name: str) -> int:
        """Errors of one module within the last five minutes."""
        requests = self.request_rate * ERROR_WINDOW_SECONDS
        everyday = (0.42 + 0.08 * self.wander(f"errors/{name}")) / 100.0
        return errors_due(MODULES[name], requests * everyday, requests * 0.084 * self.stress)


def daily_load(t: float) -> float:
    """The daily load curve at ``t`` (unix seconds): 0 at 01:00 UTC, 1 at 13:00 UTC."""
    return 0.5 - 0.5 * math.cos(2.0 * math.pi * (t / 86_400.0 - 1.0 / 24.0))
