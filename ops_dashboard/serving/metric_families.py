"""The dashboard's own metrics, by Prometheus' conventions. What was never read or judged is left out: 0 would lie."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import get_args

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, InfoMetricFamily
from prometheus_client.metrics_core import Metric

from ops_dashboard import __version__
from ops_dashboard.backend.retry import Circuit
from ops_dashboard.domain.snapshot import SourceState
from ops_dashboard.monitor.vitals import Vitals

PREFIX = "ops_dashboard_"

Samples = Iterable[tuple[tuple[str, ...], float]]
"""Values by those of the labels."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """Messages of tabs that were dropped since the start; the fields are the reasons."""

    refused: int = 0
    malformed: int = 0
    flood: int = 0


def metric_families(vitals: Vitals, dropped: Dropped) -> Iterator[Metric]:
    """All of them. One of which nothing is known has no samples."""
    yield InfoMetricFamily(f"{PREFIX}build", "The version that runs.", {"version": __version__})
    yield _gauge("start_time_seconds", "When the process was started, in unix seconds.", vitals.started_at)
    yield from _refresh(vitals)
    yield from _sources(vitals)
    yield _gauge("tabs", "Tabs that follow the page.", vitals.tabs)
    yield from _alerts(vitals)
    yield from _kept(vitals)
    yield _counter(
        "events_dropped",
        "Messages of tabs that were dropped, by reason.",
        ("reason",),
        (((reason,), count) for reason, count in asdict(dropped).items()),
    )


def _refresh(vitals: Vitals) -> Iterator[Metric]:
    snapshot = vitals.snapshot
    is_known = snapshot.refreshed_at > 0
    yield _gauge(
        "last_refresh_timestamp_seconds",
        "When a refresh last ended that read any source, in unix seconds.",
        snapshot.refreshed_at if is_known else None,
    )
    yield _gauge(
        "last_refresh_duration_seconds",
        "How long that refresh took.",
        snapshot.refresh_took if is_known else None,
    )


def _sources(vitals: Vitals) -> Iterator[Metric]:
    snapshot, sources = vitals.snapshot, vitals.snapshot.sources.values()
    yield _counter(
        "backend_requests",
        "Requests to the backend that were begun.",
        ("method",),
        (((method,), count) for method, count in vitals.requests.items()),
    )
    by_source = ("source",)
    yield _counter(
        "source_reads",
        "Reads of a source that have ended, well or not.",
        by_source,
        (((one.name,), one.reads) for one in sources),
    )
    yield _counter(
        "source_failures",
        "Reads of a source that failed.",
        by_source,
        (((one.name,), one.failed_reads) for one in sources),
    )
    yield _gauges(
        "source_last_success_timestamp_seconds",
        "When a source was last read, in unix seconds.",
        by_source,
        (((one.name,), one.received_at) for one in sources if one.received_at),
    )
    yield _gauges(
        "source_latency_seconds",
        "How long the last read of a source took.",
        by_source,
        (((one.name,), one.latency) for one in sources if one.reads and one.latency),
    )
    yield _gauges(
        "source_circuit",
        "1 for the state that the circuit breaker of a source is in.",
        ("source", "state"),
        (
            ((one.name, state), state == _circuit(one, snapshot.at))
            for one in sources
            if one.reads and not one.spared
            for state in get_args(Circuit)
        ),
    )


def _alerts(vitals: Vitals) -> Iterator[Metric]:
    yield _gauges(
        "alerts_open",
        "Open alerts, by severity and by what people did about them.",
        ("severity", "handling"),
        (((severity, how), count) for (severity, how), count in (vitals.open or {}).items()),
    )
    yield _counter(
        "incidents_opened",
        "Incidents that were opened, by the severity they began with.",
        ("severity",),
        (((severity,), count) for severity, count in vitals.opened.items()),
    )
    yield _counter(
        "actions",
        "What people and scripts did or tried, by outcome: what the audit counts.",
        ("action", "outcome"),
        vitals.actions.items(),
    )


def _kept(vitals: Vitals) -> Iterator[Metric]:
    yield _gauge("audit_rows_waiting", "Rows of the audit that are not written yet.", vitals.audit_waiting)
    yield _gauge(
        "database_unsaved",
        "1 while a restart would lose something, because the database cannot be used.",
        vitals.unsaved,
    )
    yield _gauge("history_series", "Series of which the past is held.", vitals.series)
    yield _gauge("history_bytes", "Memory that they take.", vitals.series_bytes)


def _circuit(source: SourceState, now: float) -> str:
    """A circuit is half open once its rest is over: the next call decides."""
    return "half-open" if source.circuit == "open" and now >= source.next_retry_at else source.circuit


def _gauge(name: str, text: str, value: float | None) -> Metric:
    return GaugeMetricFamily(PREFIX + name, text, value)


def _gauges(name: str, text: str, labels: tuple[str, ...], samples: Samples) -> Metric:
    family = GaugeMetricFamily(PREFIX + name, text, labels=labels)
    for values, value in samples:
        family.add_metric(values, value)
    return family


def _counter(name: str, text: str, labels: tuple[str, ...], samples: Samples) -> Metric:
    family = CounterMetricFamily(PREFIX + name, text, labels=labels)
    for values, value in samples:
        family.add_metric(values, value)
    return family
