import pytest

from ops_dashboard.domain.units import quantity
from ops_dashboard.domain.views.judges import GOOD_WHEN, JUDGES, judge_of
from ops_dashboard.domain.views.readings import page_figures
from tests.bodies import demo_bodies
from tests.snapshots import page

FIGURES = {f.key: f for f in page_figures(page(demo_bodies()))}


@pytest.mark.parametrize("key", JUDGES)
def test_every_judge_judges_a_figure_of_the_page_in_the_unit_it_is_shown_in(key: str):
    judge, figure = JUDGES[key], FIGURES[key]
    assert figure.value is not None
    assert judge_of(key) is judge
    assert quantity(figure.value, judge.unit).text == figure.text and judge.label
    assert judge.least_change > 0 and 0 < judge.least_share < 1


@pytest.mark.parametrize(
    ("key", "label"),
    [
        ("modules.search.response_time_ms", "Response time"),
        ("modules.search.error_count", "Errors"),
        ("modules.a.b.error_count", "Errors"),
        ("models.embedding", "Inference time"),
    ],
)
def test_modules_and_models_are_judged_whatever_their_name(key: str, label: str):
    judge = judge_of(key)
    assert judge is not None and judge.label == label


@pytest.mark.parametrize(
    "key",
    [
        "",
        "modules.search.status",
        "database.tables",
        "cache.size_mb",
        "performance.uptime_seconds",
        "recommendation.models",
        "engagement.active_users",
        "performance.p95@observed",
        "x.modules.search.error_count",
    ],
)
def test_what_is_neither_good_nor_bad_has_no_judge(key: str):
    assert judge_of(key) is None


def test_a_trend_is_good_where_an_anomaly_is_not_looked_for():
    assert {judge.bad_when for judge in JUDGES.values()} == set(GOOD_WHEN)
    assert GOOD_WHEN == {"up": "low", "down": "high", "both": "neutral"}
