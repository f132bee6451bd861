"""A segmented choice: few options, all visible."""

from collections.abc import Sequence

import reflex as rx

from ops_dashboard.ui.base_ui import toggles as base


def radio_group(
    label: str,
    value: rx.Var[str],
    options: Sequence[tuple[str, str]],
    on_change: rx.EventHandler | rx.event.EventCallback,
) -> rx.Component:
    """Radio buttons side by side, named ``label``; ``options`` are pairs of value and text."""
    return base.RadioGroup.create(
        *(
            base.Radio.create(
                text,
                value=option,
                class_name="inline-flex h-6.5 items-center rounded-sm px-2.5 text-muted select-none"
                " hover:text-fg data-checked:bg-fg data-checked:font-medium data-checked:text-page",
            )
            for option, text in options
        ),
        value=value,
        on_value_change=on_change,
        aria_label=label,
        class_name="inline-flex cursor-pointer gap-0.5 rounded-md border border-line-strong p-0.5",
    )
