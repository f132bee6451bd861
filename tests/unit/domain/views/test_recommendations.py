"""Recommendation quality: three figures, models compared, experiments in whichever shape they come."""

from typing import Any

import pytest

from ops_dashboard.demo.hostile.texts import MARKUP
from ops_dashboard.domain.metrics.product import QUALITY
from ops_dashboard.domain.views.comparison import with_changes
from ops_dashboard.domain.views.model_scores import AB_TESTS, MOST_DRAWN, SCORES
from ops_dashboard.domain.views.recommendations import RecommendationPanel
from ops_dashboard.domain.views.table import over, table_rows
from tests.bodies import demo_bodies, recorded
from tests.replay import CONDITIONS
from tests.snapshots import page, snapshot

SOURCE = f"{QUALITY}.1h"


def panel(body: object) -> RecommendationPanel:
    return page({SOURCE: body}).recommendations["1h"]


def rows(spec: Any, body: object) -> list[tuple[Any, ...]]:
    return list(table_rows(over(spec, "1h"), snapshot({SOURCE: body})))


def test_the_figures_are_those_reported() -> None:
    body = {"accuracy": 87.26, "click_through_rate": 12.5, "avg_user_rating": 4.2, "time_range": "1h"}
    shown = panel(body)
    assert [(f.text, f.unit, f.exact) for f in shown.figures] == [
        ("87.3", "%", "87.26 %"),
        ("12.5", "%", "12.5 %"),
        ("4.2", "of 5", "4.2 of 5"),
    ]
    assert shown.window.sentence == "Over the last 1h."


def test_they_change_by_their_difference() -> None:
    known = page({SOURCE: {"accuracy": 87.4, "avg_user_rating": 4.2, "time_range": "1h"}})
    changes = with_changes(known, lambda key, span: 4.0).recommendations["1h"].changes
    assert changes["recommendation.accuracy"].word == "+83.4 points"
    assert changes["recommendation.avg_user_rating"].word == "+0.2"


@pytest.mark.parametrize("condition", CONDITIONS)
def test_what_was_removed_there_does_not_apply_and_says_why_once(condition: str) -> None:
    shown = panel(recorded(condition, SOURCE))
    assert shown.status == "not_applicable" and "Recommendations module removed" in shown.message
    assert {f.display for f in shown.figures} == {"not_applicable"}
    assert (shown.scores, shown.models.display, shown.ab_tests.display) == ((), *["not_applicable"] * 2)
    assert shown.window.sentence == "", "it counted nothing"


def test_models_are_drawn_best_first_and_all_stand_in_the_table() -> None:
    models = {f"m{n}": {"precision": 0.5, "recall": 0.25, "f1_score": n / 100} for n in range(20)}
    shown = panel({"model_performance": models})
    assert [model.name for model in shown.scores] == [f"m{19 - n}" for n in range(MOST_DRAWN)]
    assert [(s.label, s.percent, s.text) for s in shown.scores[0].scores] == [
        ("Precision", 50, "0.5"),
        ("Recall", 25, "0.25"),
        ("F1", 19, "0.19"),
    ]
    assert shown.models.count == 20
    assert rows(SCORES, {"model_performance": models})[3] == ("m3", 0.5, 0.25, 0.03)


def test_percentages_have_a_scale_of_a_hundred_and_no_bar_is_longer_than_its_track() -> None:
    shown = panel({"model_performance": {"a": {"precision": 84, "recall": 79, "f1_score": 81}}})
    assert [score.percent for score in shown.scores[0].scores] == [84, 79, 81]
    huge = panel({"model_performance": {"a": {"precision": 1e9}, "b": {"precision": 1}}})
    assert {score.percent <= 100 for model in huge.scores for score in model.scores} == {True}


def test_a_score_that_is_not_reported_has_no_bar_and_no_number() -> None:
    score = panel({"model_performance": {"a": {"precision": "?", "recall": 0}}}).scores[0].scores
    assert [(s.percent, s.text) for s in score] == [(0, ""), (0, "0"), (0, "")]


def test_the_demo_s_experiment_has_a_row_for_each_variant() -> None:
    found = rows(AB_TESTS, demo_bodies()[SOURCE])
    assert [row[:4] for row in found] == [
        ("hybrid-ranking-v2", "control", 412, "Click-through rate"),
        ("hybrid-ranking-v2", "hybrid-v2", 398, "Click-through rate"),
    ]
    assert {row[5:] for row in found} == {(0.031, "running")}


@pytest.mark.parametrize(
    ("tests", "expected"),
    [
        ([], []),
        (
            [{"test": "t", "variant": "B", "users": 7, "metric": "NPS", "value": 31, "significance": 0.2}],
            [("t", "B", 7, "NPS", 31, 0.2, None)],
        ),
        (
            {"t": {"variants": {"A": {"conversion_rate": 3}, "B": {"ctr": 4}}, "winner": "B"}},
            [
                ("t", "A", None, "Conversion rate", 3, None, "B won"),
                ("t", "B", None, "Click-through rate", 4, None, "B won"),
            ],
        ),
        ([{"name": "t", "variants": []}], []),
        ([None, 3], [(None,) * 7] * 2),
        ([{"name": MARKUP, "variants": 5, "users": "many"}], [(MARKUP, *(None,) * 6)]),
    ],
)
def test_experiments_in_whichever_shape_they_come(tests: object, expected: list[tuple[Any, ...]]) -> None:
    assert rows(AB_TESTS, {"ab_tests": tests}) == expected


@pytest.mark.parametrize("tests", ["none", 7, {"name": MARKUP}, None])
def test_experiments_that_cannot_be_read_are_not_reported(tests: object) -> None:
    assert panel({"accuracy": 1, "ab_tests": tests}).ab_tests.display == "not_reported"


def test_an_empty_body_reports_nothing() -> None:
    shown = panel({})
    assert {f.display for f in shown.figures} == {"not_reported"}
    assert (shown.models.display, shown.ab_tests.display, shown.scores) == (
        "not_reported",
        "not_reported",
        (),
    )


def test_twenty_thousand_models_are_counted_and_six_drawn() -> None:
    shown = panel({"model_performance": {f"m{n}": {"f1_score": 0.5} for n in range(20_000)}})
    assert shown.models.count == 20_000 and len(shown.scores) == MOST_DRAWN
