"""A whole as one bar of segments, with its legend below."""

import reflex as rx
from reflex.vars import ObjectVar

from ops_dashboard.domain.views.breakdown import Breakdown, Part
from ops_dashboard.ui.breakdown import drawn, fill, legend
from ops_dashboard.ui.inline_style import inline_style


def segmented_bar(breakdown: ObjectVar[Breakdown], below: rx.Component | None = None) -> rx.Component:
    """The bar named by the title of ``breakdown``. The picture is decoration: the legend has the numbers.

    ``below`` stands in place of the legend, and must have them too.
    """
    return drawn(
        breakdown,
        "min-h-9",
        rx.el.div(
            rx.foreach(breakdown.parts, _segment),
            aria_hidden=True,
            class_name="flex h-2.5 gap-0.5 overflow-hidden rounded-full bg-track",
        ),
        legend(breakdown, "flex flex-wrap gap-x-4 gap-y-0.5 text-xs") if below is None else below,
    )


def _segment(part: ObjectVar[Part]) -> rx.Component:
    # A part that is there is seen, however small it is.
    return rx.cond(
        part.value > 0,
        rx.el.i(
            key=part.key,
            custom_attrs={
                "data-part": part.key,
                **inline_style(width=f"{part.percent}%", background=fill(part)),
            },
            class_name="block min-w-0.5",
        ),
    )
