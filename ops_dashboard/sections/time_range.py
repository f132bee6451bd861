"""The time range of every chart of the page."""

import reflex as rx

from ops_dashboard.domain.series.points import SPANS
from ops_dashboard.state.charts import ChartsState
from ops_dashboard.ui.radio_group import radio_group


def time_range(*then: rx.EventHandler) -> rx.Component:
    """The radio group "Time range"; ``then`` hears of a choice once it holds."""
    options = [(span, span) for span in SPANS]
    chosen = [ChartsState.choose_range, *then]
    return radio_group("Time range", ChartsState.range, options, chosen)
