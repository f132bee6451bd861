"""User engagement and recommendation quality, each for one time range."""

from dataclasses import replace

from ops_dashboard.domain.metrics.product import ENGAGEMENT, QUALITY, EngagementReport, of_range
from ops_dashboard.domain.series.points import Span
from ops_dashboard.domain.snapshot import Snapshot
from ops_dashboard.domain.views.figure import Panel
from ops_dashboard.domain.views.panels import figures, panel, size
from ops_dashboard.domain.views.specs import Spec

_COUNTS = (
    ("active_users", "Active users"),
    ("resources_created", "Resources created"),
    ("resources_updated", "Resources updated"),
    ("searches_performed", "Searches"),
    ("annotations_created", "Annotations created"),
    ("collections_created", "Collections created"),
)
_COUNTS_OF_PHAROS = (
    ("total_users", "Users in all"),
    ("total_interactions", "Interactions"),
    ("positive_interactions", "Positive interactions"),
)
_ENGAGEMENT = (
    *(
        Spec(
            f"engagement.{field}",
            label,
            ENGAGEMENT,
            lambda r, field=field: getattr(r, field),
            optional=(field, label) in _COUNTS_OF_PHAROS,
        )
        for field, label in _COUNTS + _COUNTS_OF_PHAROS
    ),
    Spec(
        "engagement.session_seconds",
        "Average session",
        ENGAGEMENT,
        lambda r: r.session_seconds,
        "duration",
        optional=True,
    ),
)
_RECOMMENDATION = (
    Spec("recommendation.accuracy", "Accuracy", QUALITY, lambda r: r.accuracy, "%"),
    Spec(
        "recommendation.click_through_rate",
        "Click-through rate",
        QUALITY,
        lambda r: r.click_through_rate,
        "%",
    ),
    Spec("recommendation.avg_user_rating", "Average rating", QUALITY, lambda r: r.avg_user_rating, "rating"),
    Spec("recommendation.models", "Models compared", QUALITY, lambda r: size(r.models)),
    Spec("recommendation.ab_tests", "A/B tests", QUALITY, lambda r: size(r.ab_tests), optional=True),
)


def engagement_panel(snapshot: Snapshot, span: Span) -> Panel:
    """Counts of the range that the backend says it counted; it may be another than was asked for."""
    source = of_range(ENGAGEMENT, span)
    report = snapshot.report(source, EngagementReport)
    return panel(
        "engagement",
        "User engagement",
        snapshot,
        source,
        figures((replace(spec, source=source) for spec in _ENGAGEMENT), snapshot),
        message=_range(report) if report else "",
    )


def _range(report: EngagementReport) -> str:
    if report.time_range:
        return f"Over the last {report.time_range}."
    days = report.time_window_days
    return "" if days is None else f"Over the last {days:g} day{'' if days == 1 else 's'}."


def recommendation_panel(snapshot: Snapshot, span: Span) -> Panel:
    """Accuracy, click-through rate, rating."""
    source = of_range(QUALITY, span)
    shown = figures((replace(spec, source=source) for spec in _RECOMMENDATION), snapshot)
    return panel("recommendations", "Recommendation quality", snapshot, source, shown)
