"""How a number compares with the period before, as arrow and words; in no colour: neither way is good."""

import reflex as rx

from ops_dashboard.domain.views.change import Change
from ops_dashboard.ui.icons import icon
from ops_dashboard.ui.tooltip import tooltip

_LINE = "inline-flex min-h-4.5 min-w-0 items-center gap-1 rounded-sm text-xs text-muted"


@rx.memo
def change_line(change: rx.Var[Change]) -> rx.Component:
    """One line; the earlier value, or why there is none, on hover and focus and for screen readers."""
    return rx.cond(
        change.exact != "",
        tooltip(
            rx.el.span(
                *_words(change),
                rx.el.span(", ", change.exact, class_name="sr-only"),
                tab_index=0,
                custom_attrs={"data-change": change.direction},
                class_name=_LINE,
            ),
            change.exact,
        ),
        rx.el.span(*_words(change), custom_attrs={"data-change": change.direction}, class_name=_LINE),
    )


def _words(change: rx.Var[Change]) -> tuple[rx.Component, ...]:
    known = change.direction != "unknown"
    return (
        rx.match(
            change.direction,
            ("up", icon("arrow-up-right", 14)),
            ("down", icon("arrow-down-right", 14)),
            ("same", icon("minus", 14)),
            rx.fragment(),
        ),
        rx.el.span(
            rx.el.span(change.word, class_name=rx.cond(known, "font-medium text-fg", "")),
            rx.cond(change.against != "", rx.el.span(" ", change.against)),
            class_name="min-w-0",
        ),
    )
