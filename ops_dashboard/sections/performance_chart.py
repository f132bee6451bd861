"""Performance: response times, rates, query time over time, and the backend's process."""

import reflex as rx

from ops_dashboard.sections.history_chart import history_chart
from ops_dashboard.state.charts import ChartsState
from ops_dashboard.state.empty import EMPTY_PAGE
from ops_dashboard.state.sections import PerformanceState
from ops_dashboard.ui.card import section_card
from ops_dashboard.ui.figure import figure
from ops_dashboard.ui.switch import switch

_VIEW = PerformanceState.view
_KEYS = rx.Var.create([figure.key for figure in EMPTY_PAGE.key_metrics])
"""What stands among the key metrics is not repeated; its line is here."""


def performance_chart() -> rx.Component:
    """The region "Performance"."""
    return section_card(
        "Performance",
        history_chart(_VIEW.charts[0], 230),
        rx.el.div(
            rx.foreach(_VIEW.charts[1:], lambda view: history_chart(view, 110, compact=True)),
            class_name="mt-4 grid gap-4 sm:grid-cols-3",
        ),
        rx.el.div(
            rx.foreach(
                _VIEW.figures, lambda f: rx.cond(_KEYS.contains(f.key), rx.fragment(), figure(f, "md"))
            ),
            class_name="mt-4 grid grid-cols-[repeat(auto-fill,minmax(8rem,1fr))] gap-x-4 gap-y-3",
        ),
        tools=switch("Compare", ChartsState.is_compared, ChartsState.set_compare),
        section_id="performance",
        status=_VIEW.status,
        status_word=_VIEW.status_word,
        freshness=_VIEW.freshness,
    )
