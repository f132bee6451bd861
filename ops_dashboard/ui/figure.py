"""One figure, in the five displays that must never be taken for each other."""

from typing import Literal

import reflex as rx

from ops_dashboard.domain.views.figure import Figure
from ops_dashboard.ui.anomaly import anomaly_mark
from ops_dashboard.ui.badge import badge
from ops_dashboard.ui.figure_value import LARGE, MEDIUM, figure_value
from ops_dashboard.ui.icons import icon
from ops_dashboard.ui.tooltip import tooltip

Size = Literal["lg", "md"]


def _origin(fig: rx.Var[Figure]) -> rx.Component:
    """The tag of a number that the backend did not report itself."""
    return rx.cond(
        fig.origin != "reported",
        tooltip(
            badge(rx.match(fig.origin, ("metrics", "from /metrics"), fig.origin), tab_index=0),
            fig.origin_note,
        ),
    )


def _tone_icon(fig: rx.Var[Figure]) -> rx.Component:
    """Beyond a threshold; without colour when the value is old."""
    stale = fig.display == "stale"
    warn, crit = rx.cond(stale, "text-muted", "text-warn"), rx.cond(stale, "text-muted", "text-crit")
    return rx.match(
        fig.tone,
        ("warn", rx.el.span(icon("triangle-alert"), _hidden("warning"), class_name=f"inline-flex {warn}")),
        ("crit", rx.el.span(icon("octagon-alert"), _hidden("critical"), class_name=f"inline-flex {crit}")),
        rx.fragment(),
    )


def _anomaly(fig: rx.Var[Figure]) -> rx.Component:
    return rx.cond(fig.past, anomaly_mark(sentence=fig.past.anomaly))


def _hidden(text: str) -> rx.Component:
    return rx.el.span(text, class_name="sr-only")


@rx.memo
def _tile(fig: rx.Var[Figure], children: rx.Var[rx.Component]) -> rx.Component:
    toned = rx.match(fig.tone, ("warn", "border-warn"), ("crit", "border-crit"), "border-line")
    border = rx.cond(fig.display == "stale", "border-line", toned)
    return rx.el.div(
        rx.el.div(
            rx.el.span(fig.label, class_name="min-w-0 truncate", title=fig.label),
            _tone_icon(fig),
            class_name="flex h-4.5 items-center justify-between gap-1 text-xs text-muted",
        ),
        rx.el.div(
            figure_value(fig, LARGE),
            rx.el.span(_origin(fig), _anomaly(fig), class_name="inline-flex flex-wrap justify-end gap-1"),
            class_name="flex flex-wrap items-center justify-between gap-x-2",
        ),
        children,
        role="group",
        aria_label=fig.label,
        custom_attrs={"data-figure": fig.key, "data-display": fig.display},
        class_name="grid min-w-0 grid-cols-[minmax(0,1fr)] content-start gap-1 rounded-lg border bg-surface px-3 py-3"
        f" {border}",
    )


@rx.memo
def _plain(fig: rx.Var[Figure]) -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.span(fig.label),
            _tone_icon(fig),
            class_name="flex min-h-4.5 flex-wrap items-center gap-x-1.5 text-xs text-muted",
        ),
        rx.el.div(
            figure_value(fig, MEDIUM),
            rx.cond(
                fig.past & (fig.past.rate != ""),
                rx.el.span(fig.past.rate, class_name="text-xs whitespace-nowrap text-muted"),
            ),
            _origin(fig),
            _anomaly(fig),
            class_name="flex flex-wrap items-center gap-x-2",
        ),
        role="group",
        aria_label=fig.label,
        custom_attrs={"data-figure": fig.key, "data-display": fig.display},
        class_name="grid min-w-0 content-start gap-0.5",
    )


def figure(fig: rx.Var[Figure], size: Size = "lg", *children: rx.Component) -> rx.Component:
    """A figure: ``lg`` is a tile of its own with ``children`` below the value, ``md`` a part of a card."""
    if size == "lg":
        return _tile(rx.fragment(*children), fig=fig)
    return _plain(fig=fig)
