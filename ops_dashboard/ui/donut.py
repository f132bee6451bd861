"""A whole as a ring, with its legend beside."""

from typing import Any

import reflex as rx
from reflex.vars import ObjectVar

from ops_dashboard.domain.views.breakdown import Breakdown, Part
from ops_dashboard.ui.breakdown import drawn, fill, legend
from ops_dashboard.ui.svg_attributes import svg_attributes

_RADIUS = 15.9155
"""The radius of a circle as long as 100: percents are lengths on it."""


def donut(breakdown: ObjectVar[Breakdown], *middle: rx.Component) -> rx.Component:
    """The ring named by the title of ``breakdown``, with ``middle`` in it.

    The picture is decoration: the legend has the numbers.
    """
    return drawn(
        breakdown,
        "min-h-24",
        rx.el.div(
            rx.el.div(
                rx.el.svg(
                    _circle("var(--track)", "100 0", "0"),
                    rx.foreach(breakdown.parts, _arc),
                    view_box="0 0 40 40",
                    custom_attrs={"aria-hidden": "true"},
                    class_name="size-24 -rotate-90",
                ),
                rx.el.div(*middle, class_name="absolute inset-0 grid place-content-center text-center"),
                class_name="relative size-24 shrink-0",
            ),
            legend(breakdown, "grid min-w-0 gap-1 text-xs"),
            class_name="flex items-center gap-4",
        ),
    )


def _arc(part: ObjectVar[Part]) -> rx.Component:
    return rx.cond(
        part.value > 0,
        _circle(
            fill(part),
            f"{part.percent} {100 - part.percent}",
            f"{-part.start}",
            key=part.key,
            **{"data-part": part.key},
        ),
    )


def _circle(
    stroke: rx.Var[str] | str,
    dashes: str,
    offset: str,
    *,
    key: rx.Var[str] | str = "track",
    **attributes: Any,
) -> rx.Component:
    return rx.el.svg.circle(
        cx="20",
        cy="20",
        r=str(_RADIUS),
        key=key,
        custom_attrs={
            **attributes,
            **svg_attributes(
                fill="none",
                stroke=stroke,
                strokeWidth="5",
                strokeDasharray=dashes,
                strokeDashoffset=offset,
            ),
        },
    )
