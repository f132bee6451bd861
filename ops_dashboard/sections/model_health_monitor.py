"""ML models: loaded or not, how fast, how big, how wrong, last used when."""

import reflex as rx

from ops_dashboard.sections.history_chart import history_chart
from ops_dashboard.sections.model_card import model_card
from ops_dashboard.state.sections import ModelsState
from ops_dashboard.ui.card import OLD_WORDS, section_card
from ops_dashboard.ui.data_table import data_table

_VIEW = ModelsState.view
_MOST_UNSCROLLED = 12
"""More cards than this scroll within the section, so that the sections below stay near."""


def model_health_monitor() -> rx.Component:
    """The region "ML models"."""
    return section_card(
        "ML models",
        rx.cond(
            _VIEW.message != "", rx.el.p(_VIEW.message, class_name=f"text-muted mb-3 break-words {OLD_WORDS}")
        ),
        rx.cond(
            _VIEW.cards.length() > _MOST_UNSCROLLED,
            rx.el.div(
                _cards(),
                tab_index=0,
                role="group",
                aria_label="Models with a card",
                class_name="max-h-140 overflow-y-auto p-0.5",
            ),
            _cards(),
        ),
        rx.cond(
            _VIEW.more > 0,
            rx.el.div(
                rx.el.p(
                    _VIEW.cut,
                    " models have a card, those that are not loaded before others; the rest is in the table.",
                    class_name="mb-2 text-xs text-muted",
                ),
                data_table(_VIEW.table),
                class_name="mt-3",
            ),
        ),
        # Without a line its note would only repeat why.
        rx.cond(
            _VIEW.charts[0].lines.length() > 0,
            rx.el.div(history_chart(_VIEW.charts[0], 140), class_name="mt-4"),
        ),
        section_id="models",
        status=_VIEW.status,
        status_word=_VIEW.status_word,
        freshness=_VIEW.freshness,
    )


def _cards() -> rx.Component:
    return rx.el.ul(
        rx.foreach(_VIEW.cards, model_card),
        aria_label="Models",
        class_name="grid grid-cols-[repeat(auto-fill,minmax(min(11.5rem,100%),1fr))] gap-2",
    )
