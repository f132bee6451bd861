"""User engagement: what people did in the chosen time range, and what they did in the one before."""

import reflex as rx

from ops_dashboard.sections.compared_figures import compared_figure, range_line
from ops_dashboard.sections.history_chart import history_chart
from ops_dashboard.state.sections import EngagementState
from ops_dashboard.ui.card import OLD_WORDS, section_card

_VIEW = EngagementState.view


def engagement_metrics() -> rx.Component:
    """The region "User engagement"."""
    return section_card(
        "User engagement",
        rx.cond(
            _VIEW.message != "", rx.el.p(_VIEW.message, class_name=f"text-muted mb-3 break-words {OLD_WORDS}")
        ),
        rx.el.div(
            rx.foreach(_VIEW.figures, lambda shown: compared_figure(shown, _VIEW)),
            class_name="grid grid-cols-[repeat(auto-fill,minmax(min(13rem,46%),1fr))] gap-2",
        ),
        rx.el.div(history_chart(_VIEW.charts[0], 240), class_name="mt-4"),
        tools=range_line(_VIEW.window),
        section_id="engagement",
        status=_VIEW.status,
        status_word=_VIEW.status_word,
        freshness=_VIEW.freshness,
    )
