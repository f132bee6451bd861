"""The mark of a value out of the ordinary, with its reason. It highlights; it never interrupts."""

import reflex as rx

from ops_dashboard.ui.badge import badge
from ops_dashboard.ui.tooltip import tooltip


@rx.memo
def anomaly_mark(sentence: rx.Var[str]) -> rx.Component:
    """A tag with the reason on hover and focus, and for screen readers; nothing without a sentence."""
    return rx.cond(
        sentence != "",
        tooltip(
            badge(
                "anomaly",
                rx.el.span(": ", sentence, class_name="sr-only"),
                tone="warn",
                tab_index=0,
                custom_attrs={"data-anomaly": "true"},
            ),
            sentence,
        ),
        rx.fragment(),
    )
