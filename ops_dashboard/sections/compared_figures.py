"""What the sections of a time range share: which range is shown, and figures with their change."""

import reflex as rx
from reflex.vars import ObjectVar

from ops_dashboard.domain.views.answered_range import AnsweredRange
from ops_dashboard.domain.views.compared import ComparedPanel
from ops_dashboard.domain.views.figure import Figure
from ops_dashboard.ui.change import change_line
from ops_dashboard.ui.figure import figure
from ops_dashboard.ui.icons import icon


def range_line(window: ObjectVar[AnsweredRange]) -> rx.Component:
    """Over which time the numbers were counted; with a mark where it is not the time asked for."""
    return rx.cond(
        window.sentence != "",
        rx.el.p(
            rx.cond(window.is_other, icon("info", 14), rx.fragment()),
            window.sentence,
            custom_attrs={"data-other-range": window.is_other},
            class_name="inline-flex items-center gap-1.5 text-xs text-muted [overflow-wrap:anywhere]",
        ),
    )


def compared_figure(
    shown: ObjectVar[Figure], panel: ObjectVar[ComparedPanel], *further: rx.Component
) -> rx.Component:
    """A figure as a tile, ``further`` below its value, and its change against the period before."""
    change = panel.changes[shown.key]
    return figure(
        shown,
        "lg",
        *further,
        rx.el.div(
            rx.cond(change, change_line(change=change)),
            class_name="grid min-h-4.5",
        ),
    )
