"""A rating from 1 to 5 as stars. Decoration: the number beside it says the same."""

import reflex as rx

from ops_dashboard.ui.icons import icon
from ops_dashboard.ui.inline_style import inline_style

_STEPS = 5


@rx.memo
def stars(rating: rx.Var[float]) -> rx.Component:
    """Five stars, as much of them filled as the rating is of five."""
    return rx.el.span(
        _row("text-faint"),
        rx.el.span(
            _row("text-s2 [&_svg]:fill-current"),
            custom_attrs=inline_style(width=f"{rating / _STEPS * 100}%"),
            class_name="absolute inset-y-0 left-0 overflow-hidden",
        ),
        aria_hidden=True,
        custom_attrs={"data-stars": rating},
        class_name="relative inline-flex w-max",
    )


def _row(colour: str) -> rx.Component:
    return rx.el.span(*(icon("star", 16) for _ in range(_STEPS)), class_name=f"flex w-max gap-0.5 {colour}")
