"""User engagement over one time range."""

from dataclasses import dataclass, replace
from typing import ClassVar

from ops_dashboard.domain.metrics.events import EventsReport
from ops_dashboard.domain.metrics.product import ENGAGEMENT, EngagementReport, of_range
from ops_dashboard.domain.series.points import Span
from ops_dashboard.domain.snapshot import Snapshot
from ops_dashboard.domain.units import duration
from ops_dashboard.domain.views.answered_range import AnsweredRange, answered_range
from ops_dashboard.domain.views.charts import chart
from ops_dashboard.domain.views.compared import SINCE_START, ComparedPanel, of_span, uncompared
from ops_dashboard.domain.views.figure import Figure
from ops_dashboard.domain.views.key_metrics import uptime
from ops_dashboard.domain.views.panels import panel
from ops_dashboard.domain.views.specs import Spec, figure
from ops_dashboard.domain.views.stand_ins import StandIn, reported_or

_COUNTS = (
    ("active_users", "Active users", ""),
    ("resources_created", "Resources created", "resource.created"),
    ("resources_updated", "Resources updated", "resource.updated"),
    ("searches_performed", "Searches", ""),
    ("annotations_created", "Annotations created", "annotation.created"),
    ("collections_created", "Collections created", "collection.created"),
)
"""Field, label, and the event that tells of the same."""
_FURTHER = (
    ("total_users", "Users in all"),
    ("total_interactions", "Interactions"),
    ("positive_interactions", "Positive interactions"),
)
"""What one dialect alone counts."""


def _count(field: str, label: str, *, optional: bool = False) -> Spec:
    return Spec(
        f"engagement.{field}", label, ENGAGEMENT, lambda report: getattr(report, field), optional=optional
    )


_SPECS = (
    *(_count(field, label) for field, label, _ in _COUNTS),
    *(_count(field, label, optional=True) for field, label in _FURTHER),
    Spec(
        "engagement.session_seconds",
        "Average session",
        ENGAGEMENT,
        lambda report: report.session_seconds,
        "duration",
        optional=True,
    ),
)
_EVENTS = {f"engagement.{field}": event for field, _, event in _COUNTS if event}


@dataclass(frozen=True, slots=True)
class EngagementPanel(ComparedPanel):
    """The counts of one range."""

    UNITS: ClassVar = {spec.key: spec.unit for spec in _SPECS}


def engagement_panel(snapshot: Snapshot, span: Span) -> EngagementPanel:
    """Counts of the range that the backend says it counted; it may be another than was asked for."""
    source = of_range(ENGAGEMENT, span)
    report = snapshot.report(source, EngagementReport)
    found = ((spec, _figure(replace(spec, source=source), snapshot)) for spec in _SPECS)
    shown = tuple(figure for spec, figure in found if figure.text or not spec.optional)
    answered = report is not None and not report.says_only_an_error
    plain = panel("engagement", "User engagement", snapshot, source, shown)
    return EngagementPanel(
        plain.key,
        plain.title,
        plain.status,
        plain.status_word,
        plain.message,
        plain.freshness,
        shown,
        charts=(chart("engagement", "Active users", "count", {"active users": of_span(shown[0], span)}),),
        window=answered_range(span, report.time_range, report.time_window_days)
        if report is not None and answered
        else AnsweredRange(span),
        changes=uncompared(shown, since := _since_start(snapshot)),
        since_start=since,
    )


def _since_start(snapshot: Snapshot) -> str:
    """Since when the event bus counts, in words: with the age where the process start is known and counted from."""
    known, counted = uptime(snapshot), snapshot.sources.get("events")
    if known.value is None or known.display != "value" or counted is None:
        return SINCE_START
    started_at = known.at - known.value
    if counted.received_at < started_at:  # these are the counts of the process before
        return SINCE_START
    return f"{SINCE_START} {duration(max(0.0, snapshot.at - started_at))} ago"


def _figure(spec: Spec, snapshot: Snapshot) -> Figure:
    """As reported; what an answer leaves out, from the event that tells of the same."""
    reported = figure(spec, snapshot)
    if reported.display != "not_reported" or spec.key not in _EVENTS:
        return reported
    return reported_or(spec, snapshot, _counted(_EVENTS[spec.key], snapshot))


def _counted(event: str, snapshot: Snapshot) -> StandIn | None:
    """How often an event was emitted since the start. It has no past of its own: it belongs to no range."""
    report, state = snapshot.report("events", EventsReport), snapshot.sources.get("events")
    count = (report.types or {}).get(event) if report else None
    if count is None or state is None:
        return None
    return StandIn(
        count,
        "derived",
        f"{event} events counted by the event bus since the backend's process started, not over the range.",
        display=snapshot.display("events"),
        at=state.received_at,
        every=0.0,
        note=state.reason,
    )
