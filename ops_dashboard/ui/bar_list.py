"""Parts compared with each other: a bar each, the greatest as wide as there is room."""

import reflex as rx
from reflex.vars import ObjectVar

from ops_dashboard.domain.views.breakdown import Breakdown, Part
from ops_dashboard.ui.breakdown import drawn, fill
from ops_dashboard.ui.inline_style import inline_style


def bar_list(breakdown: ObjectVar[Breakdown], height: str = "min-h-24") -> rx.Component:
    """A list named by the title of ``breakdown``: label, bar, value, and on hover the share of the whole."""
    return drawn(
        breakdown,
        height,
        rx.el.ul(
            rx.foreach(breakdown.parts, lambda part: _row(part, breakdown.greatest)), class_name="grid gap-1"
        ),
    )


def _row(part: ObjectVar[Part], greatest: rx.Var[float]) -> rx.Component:
    length = rx.cond(greatest > 0, part.percent / greatest * 100, 0)
    return rx.el.li(
        rx.el.span(part.label, title=part.label, class_name="min-w-0 truncate"),
        rx.el.span(
            rx.el.i(
                custom_attrs={
                    "data-part": part.key,
                    **inline_style(width=f"{length}%", background=fill(part)),
                },
                class_name=rx.cond(part.value > 0, "block h-full min-w-0.5 rounded-r-xs", "block h-full"),
            ),
            aria_hidden=True,
            class_name="h-2 overflow-hidden rounded-xs bg-track",
        ),
        rx.el.span(part.text, title=part.exact, class_name="text-right whitespace-nowrap"),
        key=part.key,
        class_name=(
            "grid grid-cols-[minmax(0,9fr)_minmax(2rem,8fr)_minmax(4.5rem,max-content)] items-center gap-2 text-xs"
        ),
    )
