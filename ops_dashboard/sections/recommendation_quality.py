"""Recommendation quality: accuracy, clicks, ratings, how the models compare, and experiments."""

import reflex as rx
from reflex.vars import ObjectVar

from ops_dashboard.domain.views.figure import Figure
from ops_dashboard.sections.compared_figures import compared_figure, range_line
from ops_dashboard.sections.model_scores import model_scores
from ops_dashboard.state.charts import ChartsState
from ops_dashboard.state.sections import RecommendationsState
from ops_dashboard.ui.card import OLD_WORDS, section_card
from ops_dashboard.ui.data_table import data_table
from ops_dashboard.ui.skeleton import skeleton
from ops_dashboard.ui.stars import stars

_VIEW = RecommendationsState.view
_RATING = "recommendation.avg_user_rating"


def recommendation_quality() -> rx.Component:
    """The region "Recommendation quality"."""
    return section_card(
        "Recommendation quality",
        rx.cond(
            _VIEW.message != "", rx.el.p(_VIEW.message, class_name=f"text-muted mb-3 break-words {OLD_WORDS}")
        ),
        rx.el.div(
            rx.foreach(_VIEW.figures, _figure),
            class_name="grid grid-cols-[repeat(auto-fill,minmax(min(13rem,46%),1fr))] gap-2",
        ),
        # What does not apply is said once, above.
        rx.cond(_VIEW.models.display != "not_applicable", _comparison()),
        tools=range_line(_VIEW.window),
        section_id="recommendations",
        status=_VIEW.status,
        status_word=_VIEW.status_word,
        freshness=_VIEW.freshness,
    )


def _figure(shown: ObjectVar[Figure]) -> rx.Component:
    drawn = rx.cond((shown.key == _RATING) & (shown.value != None), stars(rating=shown.value))  # noqa: E711 - a Var
    return compared_figure(shown, _VIEW, rx.el.div(drawn, class_name="h-4"))


def _comparison() -> rx.Component:
    return rx.el.div(
        rx.cond(
            _VIEW.scores.length() > 0,
            model_scores(_VIEW.scores),
            rx.cond(_VIEW.models.display == "waiting", skeleton("h-18 w-full")),
        ),
        data_table(_VIEW.models, height=150, search=False, range=ChartsState.range),
        rx.cond(
            _VIEW.ab_tests.display != "not_reported",
            data_table(_VIEW.ab_tests, height=120, search=False, range=ChartsState.range),
        ),
        class_name="mt-4 grid grid-cols-[minmax(0,1fr)] gap-4",
    )
