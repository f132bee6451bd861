"""The demo's ``/metrics``: the same counters as everywhere else, in the Prometheus text format."""

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from ops_dashboard.demo.asked import Asked, Text
from ops_dashboard.demo.rates import BUCKETS, HANDLERS, STATUSES, handled
from ops_dashboard.demo.simulation import Simulation

_MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class _Counted(Collector):
    def __init__(self, simulation: Simulation) -> None:
        self._simulation = simulation

    def collect(self) -> Iterator[Metric]:
        simulation = self._simulation
        counts = {status: simulation.counted(f"status/{status}") for status in STATUSES}
        total = sum(counts.values())
        requests = CounterMetricFamily(
            "http_requests", "Requests answered", labels=["handler", "method", "status"]
        )
        for status, count in counts.items():
            for (method, handler), part in handled(count).items():
                requests.add_metric([handler, method, status], part)
        yield requests
        buckets = {str(edge): min(total, simulation.counted(f"le/{edge}")) for edge in BUCKETS}
        parts = {le: handled(count) for le, count in {**buckets, "+Inf": total}.items()}
        seconds = 0.0 if simulation.is_fresh else simulation.counters.exact("seconds", simulation.now)
        duration = HistogramMetricFamily(
            "http_request_duration_seconds", "Duration of requests in seconds", labels=["handler", "method"]
        )
        for (method, handler), share in HANDLERS.items():
            counted = [(le, part[method, handler]) for le, part in parts.items()]
            duration.add_metric([handler, method], counted, seconds * share / sum(HANDLERS.values()))
        yield duration
        yield CounterMetricFamily("tasks_failed", "Tasks failed", simulation.counted("failed tasks"))
        yield GaugeMetricFamily(
            "process_start_time_seconds", "Start of the process, unix seconds", simulation.running_since
        )


def prometheus(simulation: Simulation, asked: Asked) -> Text:
    """All counters in the text format, version 0.0.4."""
    del asked
    registry = CollectorRegistry()
    registry.register(_Counted(simulation))
    return Text(generate_latest(registry).decode(), _MEDIA_TYPE)
