"""Event bus: counters, latencies, types, the latest events."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ops_dashboard.domain.metrics.collections import total_of
from ops_dashboard.domain.metrics.events import Event, EventHistoryReport, EventsReport
from ops_dashboard.domain.snapshot import Snapshot
from ops_dashboard.domain.views.breakdown import Amount, Breakdown, breakdown
from ops_dashboard.domain.views.charts import chart
from ops_dashboard.domain.views.figure import Panel
from ops_dashboard.domain.views.panels import extended, figures, panel, size
from ops_dashboard.domain.views.specs import NOT_REPORTED, Spec, without_data
from ops_dashboard.domain.views.table import Cell, Column, TableSpec, TableView, table_view

TARGET_MS = 1.0
"""The latency that events are to stay under, p95."""
MOST_TYPES_DRAWN = 10
MOST_EVENTS = 100

_FIGURES = (
    Spec("events.emitted", "Emitted", "events", lambda r: r.emitted, counter=True),
    Spec("events.received", "Received", "events", lambda r: r.received, counter=True),
    Spec("events.failed", "Failed deliveries", "events", lambda r: r.failed, counter=True),
    Spec("events.p50", "Latency p50", "events", lambda r: r.p50, "ms", of="events"),
    Spec("events.p95", "Latency p95", "events", lambda r: r.p95, "ms", warn=TARGET_MS, of="events"),
    Spec("events.p99", "Latency p99", "events", lambda r: r.p99, "ms", of="events"),
    Spec("events.types", "Event types", "events", lambda r: size(r.types)),
)


def _counted_types(report: EventsReport) -> list[tuple[Cell, ...]] | None:
    if report.types is None:
        return None
    known = [count for count in report.types.values() if count is not None]
    total = sum(known) if len(known) == total_of(report.types) else 0
    return [
        (name, count, 100 * count / total if total and count is not None else None)
        for name, count in report.types.items()
    ]


def _latest(report: EventHistoryReport) -> list[tuple[Cell, ...]] | None:
    if report.events is None:
        return None
    return [
        (event.at, event.name, event.priority, event.correlation_id, event.details)
        for event in newest_first(report.events)[:MOST_EVENTS]
    ]


def newest_first(events: Iterable[Event]) -> list[Event]:
    """The events by their time; where not all tell it, the last of the list is taken for the newest."""
    reverse = list(events)[::-1]
    if any(event.at is None for event in reverse):
        return reverse
    return sorted(reverse, key=lambda event: -(event.at or 0.0))


EVENT_TYPES = TableSpec(
    key="event_types",
    title="All event types",
    source="events",
    columns=(
        Column("type", "Type"),
        Column("count", "Events", "number", "count"),
        Column("share", "Share", "number", "%"),
    ),
    rows=_counted_types,
    entries=lambda report: report.types,
    sort="count",
    empty="No event was emitted yet.",
)
EVENTS = TableSpec(
    key="events",
    title="Latest events",
    source="event_history",
    columns=(
        Column("at", "Time", "moment"),
        Column("type", "Type"),
        Column("priority", "Priority"),
        Column("correlation_id", "Correlation id", "code"),
        Column("details", "Details", "code"),
    ),
    rows=_latest,
    entries=lambda report: report.events,
    empty="No event was emitted yet.",
)


@dataclass(frozen=True, slots=True)
class EventsPanel(Panel):
    """The event bus: how its events are spread over their types, and the latest of them."""

    types: Breakdown = Breakdown("Events by type")
    all_types: TableView = TableView(EVENT_TYPES.key, EVENT_TYPES.title)
    latest: TableView = TableView(EVENTS.key, EVENTS.title)


def events_panel(snapshot: Snapshot) -> EventsPanel:
    """Counters run since the backend's process started; the charts show their growth."""
    shown = figures(_FIGURES, snapshot)
    by_key = {figure.key: figure for figure in shown}
    plain = panel("events", "Event bus", snapshot, "events", shown)
    latencies = {name: by_key[f"events.{name}"] for name in ("p50", "p95", "p99")}
    rates = {name: by_key[f"events.{name}"] for name in ("emitted", "received", "failed")}
    return extended(
        EventsPanel,
        replace(
            plain,
            charts=(
                chart("event_latency", "Event latency", "ms", latencies, {"target": TARGET_MS}),
                chart("event_rate", "Events per second", "/s", rates),
            ),
        ),
        types=_types(snapshot),
        all_types=table_view(EVENT_TYPES, snapshot),
        latest=table_view(EVENTS, snapshot),
    )


def _types(snapshot: Snapshot) -> Breakdown:
    title = "Events by type"
    if nothing := without_data("events.types", title, snapshot, "events"):
        return Breakdown(title, display=nothing.display, note=nothing.note)
    report = snapshot.report("events", EventsReport)
    if report is None or report.types is None:
        return Breakdown(title, display="not_reported", note=NOT_REPORTED)
    known = [(name, count) for name, count in report.types.items() if count is not None]
    if not known:
        return Breakdown(title, note="No event was emitted yet.")
    ranked = sorted(known, key=lambda entry: (-entry[1], entry[0]))
    amounts = [Amount(name, name, count) for name, count in ranked[:MOST_TYPES_DRAWN]]
    if others := ranked[MOST_TYPES_DRAWN:]:
        rest, unread = sum(count for _, count in others), total_of(report.types) - len(report.types)
        label = f"{len(others):,} other types" + (f", without {unread:,} that are not read" if unread else "")
        amounts.append(Amount("", label, rest, "rest"))
    return breakdown(title, amounts, "count", display=snapshot.display("events"))
