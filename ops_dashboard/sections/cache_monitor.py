"""Cache: hits and misses, size, evictions, the most read keys, and clearing it."""

import reflex as rx

from ops_dashboard.sections.clear_cache import clear_cache
from ops_dashboard.sections.figures_panel import CHARTS, figures_panel
from ops_dashboard.sections.history_chart import history_chart
from ops_dashboard.state.sections import CacheState
from ops_dashboard.ui.data_table import data_table
from ops_dashboard.ui.donut import donut

_VIEW = CacheState.view


def cache_monitor() -> rx.Component:
    """The region "Cache"."""
    return figures_panel(
        "Cache",
        "cache",
        _VIEW,
        rx.el.div(
            rx.el.div(
                rx.el.h3("Hits and misses", class_name="mb-1.5 text-xs font-medium"),
                donut(
                    _VIEW.ratio,
                    rx.el.span(_VIEW.figures[0].text, class_name="text-md font-semibold"),
                    rx.el.span("% hits", class_name="text-xs text-muted"),
                ),
            ),
            history_chart(_VIEW.charts[0], 110, compact=True),
            history_chart(_VIEW.charts[1], 110, compact=True),
            history_chart(_VIEW.charts[2], 110, compact=True),
            class_name=CHARTS,
        ),
        data_table(_VIEW.top_keys, height=340),
        clear_cache(),
    )
