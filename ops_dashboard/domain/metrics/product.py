"""User engagement and recommendation quality."""

from typing import Annotated

from pydantic import PlainValidator

from ops_dashboard.domain.metrics.ab_tests import AbTests
from ops_dashboard.domain.metrics.answer import Answer
from ops_dashboard.domain.metrics.collections import map_of
from ops_dashboard.domain.metrics.fields import (
    Amount,
    Name,
    Percent,
    Rating,
    Report,
    reported,
)
from ops_dashboard.domain.series.points import Span

ENGAGEMENT = "user_engagement"
QUALITY = "recommendation_quality"
RANGED_SOURCES = (ENGAGEMENT, QUALITY)
NOBODY_LOOKS = "nobody looks at this time range"
"""Why a source of a range is not read."""


def of_range(source: str, span: Span) -> str:
    """The name of the source that tells ``source`` of one time range.

    >>> of_range(ENGAGEMENT, "24h")
    'user_engagement.24h'
    """
    return f"{source}.{span}"


class EngagementReport(Answer):
    """``/api/monitoring/user-engagement``: counts within the asked range; session length in seconds."""

    time_range: Name = reported("time_range")
    time_window_days: Amount = reported("time_window_days")
    active_users: Amount = reported("active_users", "metrics.active_users")
    resources_created: Amount = reported("resources_created", "metrics.resources_created")
    resources_updated: Amount = reported("resources_updated", "metrics.resources_updated")
    searches_performed: Amount = reported("searches_performed", "metrics.searches_performed")
    annotations_created: Amount = reported("annotations_created", "metrics.annotations_created")
    collections_created: Amount = reported("collections_created", "metrics.collections_created")
    total_users: Amount = reported("total_users", "metrics.total_users")
    total_interactions: Amount = reported("total_interactions", "metrics.total_interactions")
    positive_interactions: Amount = reported("positive_interactions", "metrics.positive_interactions")
    session_seconds: Amount = reported("avg_session_duration_seconds", "metrics.avg_session_duration_seconds")


class RecommenderScore(Report):
    """One recommendation model's scores, as reported."""

    precision: Amount = reported("precision")
    recall: Amount = reported("recall")
    f1_score: Amount = reported("f1_score")


class RecommendationReport(Answer):
    """``/api/monitoring/recommendation-quality``. Percentages, and a rating from 1 to 5."""

    accuracy: Percent = reported("accuracy", "metrics.accuracy")
    click_through_rate: Percent = reported("click_through_rate", "metrics.click_through_rate")
    avg_user_rating: Rating = reported("avg_user_rating", "metrics.avg_user_rating")
    models: Annotated[dict[str, RecommenderScore] | None, PlainValidator(map_of(RecommenderScore))] = (
        reported("model_performance", "metrics.model_performance")
    )
    ab_tests: AbTests = reported("ab_tests", "metrics.ab_tests")
    time_range: Name = reported("time_range")
    time_window_days: Amount = reported("time_window_days")
