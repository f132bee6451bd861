"""A trend as arrow, word and amount; coloured by whether it is welcome for this number."""

import reflex as rx

from ops_dashboard.domain.trend import Trend
from ops_dashboard.ui.icons import icon

_COLOURS = [("good", "text-ok"), ("bad", "text-warn")]


@rx.memo
def trend_line(trend: rx.Var[Trend]) -> rx.Component:
    """One line of text; muted words while nothing is known yet."""
    return rx.el.p(
        trend_arrow(trend),
        trend.word,
        custom_attrs={"data-trend": trend.direction},
        class_name=f"flex h-4.5 items-center gap-1 text-xs whitespace-nowrap {trend_colour(trend)}",
    )


@rx.memo
def trend_mark(trend: rx.Var[Trend]) -> rx.Component:
    """The arrow alone, where there is no room for more; its words are read out and shown on hover."""
    return rx.cond(
        trend.direction == "unknown",
        rx.fragment(),
        rx.el.span(
            trend_arrow(trend),
            rx.el.span(trend.word, class_name="sr-only"),
            title=trend.word,
            custom_attrs={"data-trend": trend.direction},
            class_name=f"inline-flex {trend_colour(trend)}",
        ),
    )


def trend_arrow(trend: rx.Var[Trend]) -> rx.Component:
    """The shape of a direction."""
    return rx.match(
        trend.direction,
        ("rising", icon("arrow-up-right", 14)),
        ("falling", icon("arrow-down-right", 14)),
        ("steady", icon("minus", 14)),
        rx.fragment(),
    )


def trend_colour(trend: rx.Var[Trend]) -> rx.Var[str]:
    """Green for good and amber for bad, by the metric's own measure; muted for what is neither."""
    return rx.match(trend.judgement, *_COLOURS, "text-muted")
