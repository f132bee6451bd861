"""The event bus."""

from typing import Annotated

from pydantic import BeforeValidator, model_validator

from ops_dashboard.domain.metrics.answer import Answer
from ops_dashboard.domain.metrics.collections import list_of
from ops_dashboard.domain.metrics.counts import Counts
from ops_dashboard.domain.metrics.fields import Amount, Moment, Name, Report, reported


class EventsReport(Answer):
    """``/api/monitoring/events``. Counters since the backend's process start; latencies in ms."""

    emitted: Amount = reported("events_emitted", "metrics.events_emitted")
    received: Amount = reported("events_received", "metrics.events_delivered")
    failed: Amount = reported("failed_deliveries", "metrics.handler_errors")
    p50: Amount = reported("event_latency_ms.p50", "metrics.handler_latency_p50")
    p95: Amount = reported("event_latency_ms.p95", "metrics.handler_latency_p95")
    p99: Amount = reported("event_latency_ms.p99", "metrics.handler_latency_p99")
    types: Counts = reported("event_types", "metrics.event_types")


class Event(Report):
    """One delivered event."""

    name: Name = reported("name", "event_type", "type")
    at: Moment = reported("timestamp", "at")
    priority: Name = reported("priority")
    correlation_id: Name = reported("correlation_id")


class EventHistoryReport(Answer):
    """``/api/monitoring/events/history``: a bare list, or an object with ``events``."""

    events: Annotated[list[Event] | None, BeforeValidator(list_of(Event))] = reported("events")

    @model_validator(mode="before")
    @classmethod
    def _wrap_a_bare_list(cls, body: object) -> object:
        return {"events": body} if isinstance(body, list) else body
