"""System health: the verdict, since when, and why."""

import reflex as rx

from ops_dashboard.state.sections import HealthState
from ops_dashboard.ui.card import OLD_WORDS, section_card
from ops_dashboard.ui.status import status_headline
from ops_dashboard.ui.time import time

_VIEW = HealthState.view


def health_status_card() -> rx.Component:
    """The region "System health"."""
    return section_card(
        "System health",
        status_headline(status=_VIEW.status, word=_VIEW.word),
        rx.cond(_VIEW.reasons != "", rx.el.p(_VIEW.reasons, class_name="mt-1 break-words")),
        _since(),
        rx.cond(
            _VIEW.message != "",
            rx.el.p(_VIEW.message, class_name=f"mt-2 text-muted break-words line-clamp-3 {OLD_WORDS}"),
        ),
        section_id="overview",
        class_name="min-h-41",
        freshness=_VIEW.freshness,
    )


def _since() -> rx.Component:
    """Since when, how many modules, and how old the answer is: always with the absolute time."""
    return rx.el.p(
        rx.cond(
            _VIEW.since > 0,
            rx.fragment(
                rx.cond(_VIEW.at_least, "Since at least ", "Since "),
                time(_VIEW.since, "absolute"),
                rx.cond(_VIEW.modules != "", rx.fragment(" · ", _VIEW.modules)),
            ),
        ),
        rx.cond(
            _VIEW.freshness.at > 0,
            rx.fragment(" · last updated ", time(_VIEW.freshness.at, "both", offset=True)),
        ),
        class_name="mt-1 text-xs text-muted",
    )
