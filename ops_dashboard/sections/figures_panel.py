"""A section that shows its key figures plainly."""

import reflex as rx
from reflex.vars import ObjectVar

from ops_dashboard.domain.views.figure import Panel
from ops_dashboard.ui.card import section_card
from ops_dashboard.ui.figure import figure


def figures_panel(title: str, anchor: str, panel: ObjectVar[Panel]) -> rx.Component:
    """The titled region of ``panel``, reachable as ``#anchor``: status, message, figures."""
    return section_card(
        title,
        rx.cond(panel.message != "", rx.el.p(panel.message, class_name="text-muted mb-3 break-words")),
        rx.el.div(
            rx.foreach(panel.figures, lambda f: figure(f, "md")),
            class_name="grid grid-cols-[repeat(auto-fill,minmax(9rem,1fr))] gap-x-4 gap-y-3",
        ),
        section_id=anchor,
        status=panel.status,
        status_word=panel.status_word,
        freshness=panel.freshness,
    )
