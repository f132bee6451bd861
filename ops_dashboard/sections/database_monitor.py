"""Database: connection pool, queries, tables, and what the backend warns of."""

import reflex as rx

from ops_dashboard.sections.figures_panel import CHARTS, figures_panel
from ops_dashboard.sections.history_chart import history_chart
from ops_dashboard.state.sections import DatabaseState
from ops_dashboard.ui.data_table import data_table
from ops_dashboard.ui.icons import icon
from ops_dashboard.ui.segmented_bar import segmented_bar

_VIEW = DatabaseState.view


def database_monitor() -> rx.Component:
    """The region "Database"."""
    return figures_panel(
        "Database",
        "database",
        _VIEW,
        rx.el.div(
            rx.el.h3("Connection pool", class_name="mb-1.5 text-xs font-medium"),
            segmented_bar(_VIEW.pool),
            _warnings(),
        ),
        rx.el.div(
            history_chart(_VIEW.charts[0], 110, compact=True),
            history_chart(_VIEW.charts[1], 110, compact=True),
            class_name=CHARTS,
        ),
        data_table(_VIEW.slow_queries, height=150),
        data_table(_VIEW.tables),
    )


def _warnings() -> rx.Component:
    return rx.cond(
        _VIEW.warnings.length() > 0,
        rx.el.ul(
            rx.foreach(
                _VIEW.warnings,
                lambda said: rx.el.li(
                    icon("triangle-alert", class_name="mt-0.5 shrink-0 text-warn"),
                    rx.el.span(said, class_name="[overflow-wrap:anywhere]"),
                    class_name="flex items-start gap-1.5",
                ),
            ),
            rx.cond(_VIEW.more_warnings > 0, rx.el.li("and ", _VIEW.more_warnings, " more")),
            aria_label="Warnings of the backend",
            class_name="mt-2 grid gap-1 rounded-md bg-warn-bg px-2.5 py-2 text-xs",
        ),
    )
