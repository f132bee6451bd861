"""The event bus."""

import json
from typing import Annotated

from pydantic import BeforeValidator, Field, PlainValidator, model_validator

from ops_dashboard.domain.metrics.answer import Answer
from ops_dashboard.domain.metrics.collections import latest_of
from ops_dashboard.domain.metrics.counts import Counts
from ops_dashboard.domain.metrics.fields import Amount, Moment, Name, Report, reported
from ops_dashboard.domain.text import escape_dangerous


class EventsReport(Answer):
    """``/api/monitoring/events``. Counters since the backend's process start; latencies in ms."""

    emitted: Amount = reported("events_emitted", "metrics.events_emitted")
    received: Amount = reported("events_received", "metrics.events_delivered")
    failed: Amount = reported("failed_deliveries", "metrics.handler_errors")
    p50: Amount = reported("event_latency_ms.p50", "metrics.handler_latency_p50")
    p95: Amount = reported("event_latency_ms.p95", "metrics.handler_latency_p95")
    p99: Amount = reported("event_latency_ms.p99", "metrics.handler_latency_p99")
    types: Counts = reported("event_types", "metrics.event_types")

    @property
    def counted(self) -> float | None:
        """Events emitted and received; None where neither is told."""
        known = [count for count in (self.emitted, self.received) if count is not None]
        return sum(known) if known else None


LONGEST_DETAILS = 4_000


def _written(event: object) -> str:
    """At once, and no further than it is shown: the whole may be megabytes, and is not to be kept."""
    pieces, length = [], 0
    try:
        for piece in json.JSONEncoder(indent=2, ensure_ascii=False).iterencode(event):
            pieces.append(piece)
            length += len(piece)
            if length > LONGEST_DETAILS:
                break
    except (RecursionError, ValueError):  # nested by the hundred, or a number of thousands of digits
        return "These details cannot be shown as text."
    text = escape_dangerous("".join(pieces)[: LONGEST_DETAILS + 1])
    return text if len(text) <= LONGEST_DETAILS else f"{text[: LONGEST_DETAILS - 1]}…"


class Event(Report):
    """One delivered event."""

    name: Name = reported("name", "event_type", "type")
    at: Moment = reported("timestamp", "at")
    priority: Name = reported("priority")
    correlation_id: Name = reported("correlation_id")
    details: Annotated[str, BeforeValidator(_written)] = Field(default="null", repr=False, exclude=True)
    """The whole event as indented JSON, cut at :data:`LONGEST_DETAILS` characters."""

    @model_validator(mode="before")
    @classmethod
    def _keep_all(cls, body: object) -> object:
        return {**body, "details": body} if isinstance(body, dict) else body


_LATEST = latest_of(Event, lambda event: event.at, newest_last=True)


class EventHistoryReport(Answer):
    """``/api/monitoring/events/history``: a bare list, or an object with ``events``."""

    events: Annotated[list[Event] | None, PlainValidator(_LATEST)] = reported("events")

    @model_validator(mode="before")
    @classmethod
    def _wrap_a_bare_list(cls, body: object) -> object:
        return {"events": body} if isinstance(body, list) else body
