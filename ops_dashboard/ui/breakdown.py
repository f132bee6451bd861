"""What every picture of a breakdown shares: the colours, the legend, and what stands there without parts."""

import reflex as rx
from reflex.vars import ObjectVar

from ops_dashboard.domain.views.breakdown import Breakdown, Part
from ops_dashboard.ui.inline_style import inline_style
from ops_dashboard.ui.skeleton import skeleton

FILL = {
    "c2": "var(--c2)",
    "c3": "var(--c3)",
    "c4": "var(--c4)",
    "good": "var(--ok)",
    "warn": "var(--warn)",
    "crit": "var(--crit)",
    "rest": "var(--line-strong)",
}
"""The colours by look; what is not here is drawn in the first of the palette."""


def fill(part: ObjectVar[Part]) -> rx.Var[str]:
    """The colour of a part."""
    return rx.match(part.look, *FILL.items(), "var(--c1)")


def swatch(part: ObjectVar[Part]) -> rx.Component:
    """The small square that names the colour of a part."""
    return rx.el.i(
        aria_hidden=True,
        custom_attrs=inline_style(background=fill(part)),
        class_name="inline-block size-2 shrink-0 rounded-xs",
    )


def legend(breakdown: ObjectVar[Breakdown], class_name: str) -> rx.Component:
    """The parts with their values, in words."""
    return rx.el.ul(
        rx.foreach(
            breakdown.parts,
            lambda part: rx.el.li(
                swatch(part),
                rx.el.span(part.label, class_name="min-w-0 truncate text-muted", title=part.label),
                rx.el.span(part.text, title=part.exact, class_name="whitespace-nowrap tabular-nums"),
                key=part.key,
                class_name="inline-flex min-w-0 items-center gap-1.5",
            ),
        ),
        class_name=class_name,
    )


def drawn(breakdown: ObjectVar[Breakdown], height: str, *picture: rx.Component) -> rx.Component:
    """``picture`` in a named group of at least ``height``; without parts the reason, or a skeleton."""
    return rx.el.div(
        rx.cond(
            breakdown.parts.length() > 0,
            rx.fragment(*picture),
            rx.cond(
                (breakdown.note != "") | (breakdown.display != "waiting"),
                rx.el.p(
                    rx.match(
                        breakdown.display,
                        ("not_reported", "Not reported by this backend."),
                        rx.cond(breakdown.note != "", breakdown.note, "No data yet."),
                    ),
                    class_name="text-sm text-muted [overflow-wrap:anywhere]",
                ),
                rx.fragment(
                    skeleton("h-2.5 w-full"),
                    rx.el.span(f"{breakdown.title}: no data yet", class_name="sr-only"),
                ),
            ),
        ),
        role="group",
        aria_label=breakdown.title,
        custom_attrs={"data-display": breakdown.display},
        class_name=f"grid content-start gap-1.5 {height}",
    )
