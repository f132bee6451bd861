"""The card of one ML model."""

import reflex as rx
from reflex.vars import ObjectVar

from ops_dashboard.domain.views.model_card import ModelCard
from ops_dashboard.ui.figure import figure
from ops_dashboard.ui.sparkline import sparkline
from ops_dashboard.ui.status import status_colour, status_icon
from ops_dashboard.ui.time import time
from ops_dashboard.ui.trend import trend_line

_EDGES = {"down": "border-crit"}


def model_card(card: ObjectVar[ModelCard]) -> rx.Component:
    """A list item named by the model: state, inference time and its past, memory, errors, last use."""
    return rx.el.li(
        rx.el.div(
            status_icon(status=card.status),
            rx.el.h3(card.name, title=card.name, class_name="min-w-0 truncate text-sm font-medium"),
            rx.el.span(
                card.word,
                # Where nothing is known, the figure says so already.
                class_name=rx.cond(
                    _has_details(card),
                    f"ml-auto text-xs whitespace-nowrap {status_colour(card.status)}",
                    "sr-only",
                ),
            ),
            class_name="flex min-w-0 items-center gap-1.5",
        ),
        figure(card.inference, "md"),
        rx.cond(_has_details(card), _details(card)),
        key=card.name,
        custom_attrs={"data-model": card.name, "data-status": card.status},
        class_name=[
            "grid grid-cols-[minmax(0,1fr)] content-start gap-2 rounded-md border bg-raised px-3 py-2.5",
            rx.match(card.status, *_EDGES.items(), "border-line"),
        ],
    )


def _has_details(card: ObjectVar[ModelCard]) -> rx.Var[bool]:
    return card.is_known | (card.inference.display == "waiting")


def _details(card: ObjectVar[ModelCard]) -> rx.Component:
    return rx.fragment(
        rx.el.div(
            rx.cond(
                card.inference.past,
                rx.fragment(
                    sparkline(path=card.inference.past.sparkline),
                    trend_line(trend=card.inference.past.trend),
                ),
            ),
            class_name="grid h-11.5 grid-cols-[minmax(0,1fr)] content-end gap-1",
        ),
        rx.el.div(
            figure(card.memory, "md"),
            figure(card.errors, "md"),
            class_name="grid grid-cols-2 gap-x-3",
        ),
        rx.el.div(
            rx.el.p("Last inference", class_name="text-xs text-muted"),
            rx.cond(
                card.last_inference > 0,
                rx.el.p(time(card.last_inference, "both"), class_name="text-xs font-medium"),
                rx.el.p(
                    rx.cond(card.is_known, "not reported", "no data yet"), class_name="text-xs text-muted"
                ),
            ),
            class_name="grid gap-0.5",
        ),
    )
