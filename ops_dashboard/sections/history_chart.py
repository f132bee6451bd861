"""A chart that goes by this tab's time range, comparison and marks."""

import reflex as rx

from ops_dashboard.domain.views.chart import ChartView
from ops_dashboard.state.charts import ChartsState
from ops_dashboard.ui.chart import chart


def history_chart(view: rx.Var[ChartView], height: int, *, compact: bool = False) -> rx.Component:
    """The chart of ``view``, ``height`` px high; see :func:`~ops_dashboard.ui.chart.chart`."""
    return chart(
        view,
        range=ChartsState.range,
        compare=ChartsState.is_compared,
        marks=ChartsState.marks,
        height=height,
        compact=compact,
    )
