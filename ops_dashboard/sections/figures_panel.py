"""A section that shows its key figures plainly."""

import reflex as rx
from reflex.vars import ObjectVar

from ops_dashboard.domain.views.figure import Panel
from ops_dashboard.ui.card import OLD_WORDS, section_card
from ops_dashboard.ui.figure import figure

CHARTS = "grid grid-cols-[repeat(auto-fit,minmax(min(14rem,100%),1fr))] gap-4"
"""Small charts beside each other, where there is room."""


def figures_panel(title: str, anchor: str, panel: ObjectVar[Panel], *below: rx.Component) -> rx.Component:
    """The titled region of ``panel``, reachable as ``#anchor``: status, message, figures, and what is ``below``."""
    return section_card(
        title,
        rx.cond(
            panel.message != "", rx.el.p(panel.message, class_name=f"text-muted mb-3 break-words {OLD_WORDS}")
        ),
        rx.el.div(
            rx.foreach(panel.figures, lambda f: figure(f, "md")),
            class_name="grid grid-cols-[repeat(auto-fill,minmax(9rem,1fr))] gap-x-4 gap-y-3",
        ),
        *(rx.el.div(each, class_name="mt-4") for each in below),
        section_id=anchor,
        status=panel.status,
        status_word=panel.status_word,
        freshness=panel.freshness,
    )
