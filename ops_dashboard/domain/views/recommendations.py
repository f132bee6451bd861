"""Recommendation quality over one time range."""

from dataclasses import dataclass, field, replace
from typing import ClassVar

from ops_dashboard.domain.metrics.product import QUALITY, RecommendationReport, of_range
from ops_dashboard.domain.series.points import Span
from ops_dashboard.domain.snapshot import Snapshot
from ops_dashboard.domain.views.answered_range import AnsweredRange, answered_range
from ops_dashboard.domain.views.compared import ComparedPanel, uncompared
from ops_dashboard.domain.views.model_scores import AB_TESTS, SCORES, ModelScores, model_scores
from ops_dashboard.domain.views.panels import figures, panel
from ops_dashboard.domain.views.specs import Spec
from ops_dashboard.domain.views.table import TableView, over, table_view

_SPECS = (
    Spec("recommendation.accuracy", "Accuracy", QUALITY, lambda r: r.accuracy, "%"),
    Spec(
        "recommendation.click_through_rate",
        "Click-through rate",
        QUALITY,
        lambda r: r.click_through_rate,
        "%",
    ),
    Spec("recommendation.avg_user_rating", "Average rating", QUALITY, lambda r: r.avg_user_rating, "rating"),
)


@dataclass(frozen=True, slots=True)
class RecommendationPanel(ComparedPanel):
    """Three figures, the models compared, and experiments where there are any."""

    UNITS: ClassVar = {spec.key: spec.unit for spec in _SPECS}

    scores: tuple[ModelScores, ...] = ()
    models: TableView = field(default_factory=lambda: TableView(SCORES.key, SCORES.title))
    ab_tests: TableView = field(default_factory=lambda: TableView(AB_TESTS.key, AB_TESTS.title))


def recommendation_panel(snapshot: Snapshot, span: Span) -> RecommendationPanel:
    """Accuracy, click-through rate, rating, and how the models compare."""
    source = of_range(QUALITY, span)
    report = snapshot.report(source, RecommendationReport)
    shown = figures((replace(spec, source=source) for spec in _SPECS), snapshot)
    applies = report is not None and not report.says_only_an_error and report.status != "not_applicable"
    plain = panel("recommendations", "Recommendation quality", snapshot, source, shown)
    return RecommendationPanel(
        plain.key,
        plain.title,
        plain.status,
        plain.status_word,
        plain.message,
        plain.freshness,
        shown,
        window=answered_range(span, report.time_range, report.time_window_days)
        if report is not None and applies
        else AnsweredRange(span),
        changes=uncompared(shown),
        scores=model_scores(report.models or {}) if report is not None else (),
        models=table_view(over(SCORES, span), snapshot),
        ab_tests=table_view(over(AB_TESTS, span), snapshot),
    )
