"""The value of a figure: the number, or the words and the shape that stand for its absence."""

from dataclasses import dataclass

import reflex as rx

from ops_dashboard.domain.views.figure import Display, Figure
from ops_dashboard.ui.icons import icon
from ops_dashboard.ui.skeleton import skeleton
from ops_dashboard.ui.time import time
from ops_dashboard.ui.tooltip import tooltip


@dataclass(frozen=True, slots=True)
class Scale:
    """Class names of one size: the line's height stays the same in all five displays."""

    line: str
    number: str
    words: str
    skeleton: str


LARGE = Scale(
    line="min-h-8",
    number="text-xl tracking-tight",
    words="text-sm",
    skeleton="h-7 w-20",
)
MEDIUM = Scale(line="min-h-6", number="text-md", words="text-sm", skeleton="h-5 w-14")


def figure_value(fig: rx.Var[Figure], scale: Scale) -> rx.Component:
    """The value in its display; on hover and focus the exact value, where it comes from and how old it is."""
    shown = displays(fig, scale)
    waiting = shown.pop("waiting")
    return rx.el.div(
        tooltip(
            rx.el.span(
                rx.match(fig.display, *shown.items(), waiting),
                rx.el.span(_spoken(fig), class_name="sr-only"),
                tab_index=0,
                class_name="relative inline-flex items-center rounded-sm",
            ),
            *_details(fig),
        ),
        class_name=f"flex items-center {scale.line}",
    )


def displays(fig: rx.Var[Figure], scale: Scale) -> dict[Display, rx.Component]:
    """What stands for the value in each of the five displays."""
    return {
        "value": _number(fig, scale, "font-semibold text-fg"),
        "stale": _stale(fig, scale),
        "waiting": _waiting(fig, scale),
        "not_reported": _not_reported(scale),
        "not_applicable": _not_applicable(scale),
    }


def _number(fig: rx.Var[Figure], scale: Scale, look: str) -> rx.Component:
    return rx.el.span(
        rx.el.span(fig.text, class_name=f"{scale.number} {look}"),
        rx.cond(fig.unit != "", rx.el.span(" ", fig.unit, class_name="text-xs text-muted")),
        class_name="[overflow-wrap:anywhere]",
    )


def _stale(fig: rx.Var[Figure], scale: Scale) -> rx.Component:
    return rx.el.span(
        _number(fig, scale, "font-medium text-muted"),
        rx.el.span(
            icon("clock", 14),
            # A stale card says it once for all its figures.
            rx.cond(
                fig.aside != "",
                rx.el.span("no ", fig.aside, " since ", time(fig.at, "absolute")),
                rx.el.span(
                    "as of ", time(fig.at, "absolute"), class_name="in-data-[stale-scope=stale]:sr-only"
                ),
            ),
            class_name="inline-flex items-center gap-1 text-xs text-muted",
        ),
        class_name="inline-flex flex-wrap items-center gap-x-2",
    )


def _not_reported(scale: Scale) -> rx.Component:
    return rx.el.span(
        "not reported",
        class_name=f"{scale.words} text-muted underline decoration-faint decoration-dotted"
        " underline-offset-4",
    )


def _not_applicable(scale: Scale) -> rx.Component:
    return rx.el.span(
        icon("circle-minus", 14),
        "not applicable",
        class_name=f"inline-flex items-center gap-1.5 {scale.words} text-muted",
    )


def _waiting(fig: rx.Var[Figure], scale: Scale) -> rx.Component:
    """A skeleton at first; words once reading failed, or once an answer says why there is no value yet."""
    return rx.cond(
        fig.note != "",
        rx.el.span(rx.cond(fig.at > 0, fig.note, "no data yet"), class_name=f"{scale.words} text-muted"),
        rx.el.span(skeleton(scale.skeleton), rx.el.span("no data yet", class_name="sr-only")),
    )


def _spoken(fig: rx.Var[Figure]) -> rx.Var[str]:
    """What a screen reader adds to the value: the exact number and the reason."""
    exact = rx.cond((fig.exact != "") & (fig.exact != fig.text), f", exactly {fig.exact}", "")
    note = rx.cond(fig.note != "", f", {fig.note}", "")
    return rx.Var.create(f"{exact}{note}")


def _details(fig: rx.Var[Figure]) -> tuple[rx.Component, ...]:
    source = rx.match(
        fig.origin,
        ("observed", "Observed by this dashboard"),
        ("derived", "Derived by this dashboard"),
        ("metrics", "Computed from the backend's /metrics"),
        "Reported by the backend",
    )
    return (
        rx.cond(fig.exact != "", rx.el.p(fig.exact, class_name="font-medium")),
        rx.cond(fig.note != "", rx.el.p(fig.note)),
        rx.el.p(source, class_name="text-muted"),
        rx.cond(fig.origin_note != "", rx.el.p(fig.origin_note, class_name="text-muted")),
        rx.cond(fig.at > 0, rx.el.p("received ", time(fig.at, "both"), class_name="text-muted")),
    )
