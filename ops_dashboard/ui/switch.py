"""A switch: on or off, at once."""

import reflex as rx

from ops_dashboard.ui.base_ui import toggles as base


def switch(
    label: str,
    checked: rx.Var[bool],
    on_change: rx.EventHandler | rx.event.EventCallback,
    disabled: rx.Var[bool] | bool = False,
) -> rx.Component:
    """A switch named by its visible ``label``; ``on_change`` receives the new state as a bool."""
    name_id = f"switch-{label.lower().replace(' ', '-')}"
    return rx.el.span(
        base.SwitchRoot.create(
            base.SwitchThumb.create(
                class_name="block size-3.5 translate-x-0.5 rounded-full bg-muted transition-transform"
                " duration-150 data-checked:translate-x-3.5 data-checked:bg-page",
            ),
            checked=checked,
            disabled=disabled,
            on_checked_change=on_change,
            aria_labelledby=name_id,
            class_name="relative inline-flex h-[18px] w-[30px] shrink-0 items-center rounded-full border"
            " border-faint bg-track before:absolute before:-inset-2 data-checked:border-accent data-checked:bg-accent"
            " data-disabled:cursor-not-allowed",
        ),
        rx.el.span(label, id=name_id),
        class_name="inline-flex min-h-6 items-center gap-2 text-xs whitespace-nowrap text-muted",
    )
