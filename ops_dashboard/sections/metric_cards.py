"""Key metrics: the seven numbers looked at first."""

import reflex as rx

from ops_dashboard.state.sections import KeyMetricsState
from ops_dashboard.ui.figure import figure


def metric_cards() -> rx.Component:
    """The region "Key metrics": one card per figure."""
    return rx.el.section(
        rx.el.h2("Key metrics", class_name="sr-only"),
        rx.el.div(
            rx.foreach(KeyMetricsState.view, lambda f: figure(f)),
            class_name="grid gap-3 grid-cols-[repeat(auto-fit,minmax(9.5rem,1fr))]",
        ),
        aria_label="Key metrics",
        class_name="min-w-0",
    )
