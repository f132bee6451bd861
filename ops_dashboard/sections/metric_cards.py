"""Key metrics: the seven numbers looked at first."""

import reflex as rx
from reflex.vars import ObjectVar

from ops_dashboard.domain.views.figure import Figure
from ops_dashboard.state.sections import KeyMetricsState
from ops_dashboard.ui.figure import figure
from ops_dashboard.ui.sparkline import sparkline
from ops_dashboard.ui.time import time
from ops_dashboard.ui.trend import trend_line

_UPTIME = "performance.uptime_seconds"


def metric_cards() -> rx.Component:
    """The region "Key metrics": one card per figure."""
    return rx.el.section(
        rx.el.h2("Key metrics", class_name="sr-only"),
        rx.el.div(
            rx.foreach(KeyMetricsState.view, lambda f: figure(f, "lg", _past(f))),
            class_name="grid h-full gap-3 grid-cols-[repeat(auto-fit,minmax(9.5rem,1fr))]",
        ),
        aria_label="Key metrics",
        class_name="min-w-0",
    )


def _past(figure: ObjectVar[Figure]) -> rx.Component:
    """The last hour as a line and in a word; of the same height while nothing is known."""
    return rx.el.div(
        rx.cond(
            figure.past,
            rx.fragment(sparkline(path=figure.past.sparkline), trend_line(trend=figure.past.trend)),
            rx.cond(figure.key == _UPTIME, _since(figure), _beneath(figure)),
        ),
        class_name="grid h-11.5 content-end gap-1",
    )


def _beneath(figure: ObjectVar[Figure]) -> rx.Component:
    return rx.cond(
        (figure.aside != "") & (figure.display != "stale"),
        rx.el.p(figure.aside, class_name="text-xs text-muted"),
    )


def _since(figure: ObjectVar[Figure]) -> rx.Component:
    return rx.cond(
        figure.value != None,  # noqa: E711 - a Var
        rx.el.p("since ", time(figure.at - figure.value, "absolute"), class_name="text-xs text-muted"),
    )
