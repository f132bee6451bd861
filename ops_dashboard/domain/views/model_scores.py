"""How recommendation models compare: as bars and as a table; and the experiments between them."""

from collections.abc import Mapping
from dataclasses import dataclass

from ops_dashboard.domain.metrics.collections import Entries, total_of
from ops_dashboard.domain.metrics.product import QUALITY, RecommendationReport, RecommenderScore
from ops_dashboard.domain.units import quantity
from ops_dashboard.domain.views.table import Cell, Column, TableSpec

MOST_DRAWN = 6
"""Models that are drawn as bars; all of them stand in the table."""
_SCORES = (("precision", "Precision"), ("recall", "Recall"), ("f1_score", "F1"))


@dataclass(frozen=True, slots=True)
class Score:
    """One score. ``percent`` is the length of its bar; ``text`` is empty where it is not reported."""

    label: str
    percent: float = 0.0
    text: str = ""
    exact: str = ""


@dataclass(frozen=True, slots=True)
class ModelScores:
    """Precision, recall and F1 of one model."""

    name: str
    scores: tuple[Score, ...]


def model_scores(models: Mapping[str, RecommenderScore]) -> tuple[ModelScores, ...]:
    """The models with the best F1 scores, best first, on one scale: of 1, or of 100 where a score is above 1."""
    values = [v for m in models.values() for f, _ in _SCORES if (v := getattr(m, f)) is not None]
    greatest = max(values, default=0.0)
    whole = 1.0 if greatest <= 1 else max(100.0, greatest)
    best = sorted(models, key=lambda name: -1 if (f1 := models[name].f1_score) is None else f1, reverse=True)
    return tuple(
        ModelScores(name, tuple(_score(label, getattr(models[name], f), whole) for f, label in _SCORES))
        for name in best[:MOST_DRAWN]
    )


def _score(label: str, value: float | None, whole: float) -> Score:
    if value is None:
        return Score(label)
    shown = quantity(value, "count")
    return Score(label, 100 * value / whole, shown.text, shown.exact)


def _score_rows(report: RecommendationReport) -> list[tuple[Cell, ...]] | None:
    if report.models is None:
        return None
    return [(name, m.precision, m.recall, m.f1_score) for name, m in report.models.items()]


def _test_rows(report: RecommendationReport) -> Entries[tuple[Cell, ...]] | None:
    if report.ab_tests is None:
        return None
    rows: list[tuple[Cell, ...]] = []
    unread = total_of(report.ab_tests) - len(report.ab_tests)
    for test in report.ab_tests:
        told = (test.p_value, f"{test.winner} won" if test.winner else test.status)
        if test.variants is None:
            rows.append((test.name, test.variant, test.users, *test.result, *told))
        else:
            rows += [(test.name, v.name, v.users, *v.result, *told) for v in test.variants]
            unread += total_of(test.variants) - len(test.variants)
    return Entries(rows, len(rows) + unread)


SCORES = TableSpec(
    "recommendation_models",
    "Models compared",
    QUALITY,
    (
        Column("model", "Model"),
        Column("precision", "Precision", "number", "count"),
        Column("recall", "Recall", "number", "count"),
        Column("f1", "F1", "number", "count"),
    ),
    _score_rows,
    entries=lambda report: report.models,
    sort="f1",
    empty="No model is reported.",
)
AB_TESTS = TableSpec(
    "ab_tests",
    "A/B tests",
    QUALITY,
    (
        Column("test", "Test"),
        Column("variant", "Variant"),
        Column("users", "Users", "number", "count"),
        Column("metric", "Metric"),
        Column("value", "Result", "number", "count"),
        Column("p_value", "p-value", "number", "count"),
        Column("outcome", "Outcome"),
    ),
    _test_rows,
    empty="No test is running.",
)
