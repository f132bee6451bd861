"""The past before the demo started, so that charts are not empty."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from ops_dashboard.demo.bodies.models import MODELS, model
from ops_dashboard.demo.bodies.product import ENGAGEMENT, QUALITY, RANGES, engagement, quality
from ops_dashboard.demo.modules import MODULES
from ops_dashboard.demo.readings import Readings
from ops_dashboard.demo.simulation import Simulation
from ops_dashboard.domain.views.series_keys import level, status_key

_DIGITS = 3
_RESOLUTION = ((3_600.0, 30.0), (21_600.0, 60.0), (86_400.0, 300.0), (float("inf"), 1_800.0))
"""(age in seconds up to which, seconds between points): the nearer, the finer."""

Gauge = Callable[[Readings], float]


def _module_gauges() -> Iterator[tuple[str, Gauge]]:
    for name in MODULES:
        yield f"modules.{name}.response_time_ms", partial(_module_ms, name)
        yield f"modules.{name}.error_count", partial(_module_errors, name)
        yield status_key(name), partial(_module_status, name)


def _module_ms(name: str, now: Readings) -> float:
    return now.module_response_ms(name)


def _module_errors(name: str, now: Readings) -> float:
    return now.module_errors(name)


def _module_status(name: str, now: Readings) -> float:
    return level(now.module_status(name))


def _model_gauges() -> Iterator[tuple[str, Gauge]]:
    for name in MODELS:
        for ending, field in (("", "inference_time_ms"), (".memory", "memory_mb"), (".errors", "error_rate")):
            yield f"models.{name}{ending}", partial(_model_number, name, field)


def _model_number(name: str, field: str, now: Readings) -> float:
    return model(name, now)[field]


def _product_gauges() -> Iterator[tuple[str, Gauge]]:
    for span, hours in RANGES.items():
        for name in ENGAGEMENT:
            yield f"engagement.{name}.{span}", partial(engagement, name, hours)
        for name in QUALITY:
            yield f"recommendation.{name}.{span}", partial(quality, name, hours)


METRICS: dict[str, Gauge] = {
    "performance.p50": lambda now: now.response.p50,
    "performance.p95": lambda now: now.response.p95,
    "performance.p99": lambda now: now.response.p99,
    "performance.request_rate": lambda now: now.request_rate,
    "performance.error_rate": lambda now: now.error_rate,
    "database.active": lambda now: now.pool_active,
    "database.idle": lambda now: now.pool_idle,
    "db_pool.utilization": lambda now: now.pool_utilization,
    "database.avg_query_time_ms": lambda now: now.avg_query_ms,
    "events.p50": lambda now: now.event_latency.p50,
    "events.p95": lambda now: now.event_latency.p95,
    "events.p99": lambda now: now.event_latency.p99,
    "events.emitted.rate": lambda now: now.event_rate,
    "cache.hit_rate": lambda now: now.cache_hit_rate,
    "cache.miss_rate": lambda now: 100.0 - now.cache_hit_rate,
    "cache.size_mb": lambda now: now.cache_size_mb,
    "cache.eviction_rate": lambda now: now.eviction_rate,
    "workers.active_workers": lambda now: now.active_workers,
    "workers.queue_length": lambda now: now.queue_length,
    "workers.processing_rate": lambda now: now.processing_rate,
    **dict(_module_gauges()),
    **dict(_model_gauges()),
    **dict(_product_gauges()),
}
"""Every metric that has a past, by the key of its series and in its unit."""


def past(
    simulation: Simulation, metrics: Iterable[str], hours: float, *, every: float | None = None
) -> dict[str, list[tuple[float, float]]]:
    """The ``hours`` up to the simulation's start: for each metric (unix seconds, value), oldest first.

    The values are the very ones the calls would have answered. The last one is of the start itself, so that a
    first live value joins on without a gap that comes within half a minute. Points lie ``every`` seconds apart,
    or by default 30 s in the last hour, a minute in the last six, 5 min in the last day, and 30 min before: what
    the charts of those ranges show.
    A fresh system has no past: all lists are empty. Raises ValueError for a metric that has none.
    """
    names = tuple(metrics)
    unknown = [name for name in names if name not in METRICS]
    if unknown:
        raise ValueError(f"There is no past for: {', '.join(unknown)}")
    series: dict[str, list[tuple[float, float]]] = {name: [] for name in names}
    if simulation.timeline.has_past:
        for t in _moments(simulation.started_at, hours * 3_600.0, every):
            now = simulation.readings(t)
            for name in names:
                series[name].append((t, round(METRICS[name](now), _DIGITS)))
    return series


def _moments(end: float, seconds: float, every: float | None) -> list[float]:
    """Moments within ``seconds`` before ``end``, oldest first, and ``end`` itself."""
    moments = [end]
    age = 0.0
    while True:
        age += every or next(step for limit, step in _RESOLUTION if age < limit)
        if age > seconds:
            return moments[::-1]
        moments.append(end - age)
