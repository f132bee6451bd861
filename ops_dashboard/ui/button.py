"""Buttons: with text, or with an icon alone and a name."""

from typing import Any, Literal

import reflex as rx

from ops_dashboard.ui import classes
from ops_dashboard.ui.icons import icon as icon_of
from ops_dashboard.ui.tooltip import tooltip

Variant = Literal["default", "primary", "danger", "ghost"]
Size = Literal["md", "sm"]

_BASE = (
    "relative inline-flex items-center justify-center gap-1.5 rounded-md border font-medium whitespace-nowrap"
    " disabled:border-line disabled:bg-transparent disabled:text-muted"
)
_VARIANTS: dict[Variant, str] = {
    "default": "border-line-strong bg-transparent hover:bg-track",
    "primary": "border-fg bg-fg text-page hover:border-muted hover:bg-muted",
    "danger": "border-crit bg-crit text-page hover:border-fg hover:bg-fg",
    "ghost": "border-transparent bg-transparent text-muted hover:bg-track hover:text-fg",
}
_HEIGHTS: dict[Size, str] = {"md": "h-8", "sm": "h-7"}
_PADDINGS: dict[Size, str] = {"md": "px-3", "sm": "px-2.5"}


def button_class(variant: Variant = "default", size: Size = "md", extra: str = "") -> str:
    """The class names of a button, for elements that must look like one."""
    return classes.join(_BASE, _VARIANTS[variant], _HEIGHTS[size], _PADDINGS[size], extra)


def button(
    *children: rx.Component | rx.Var | str,
    variant: Variant = "default",
    size: Size = "md",
    icon: str = "",
    class_name: str = "",
    **props: Any,
) -> rx.Component:
    """A button with text, after an optional icon."""
    return rx.el.button(
        *([icon_of(icon)] if icon else []),
        *children,
        type="button",
        class_name=button_class(variant, size, class_name),
        **props,
    )


def icon_button(
    label: str,
    icon: str,
    variant: Variant = "default",
    count: rx.Var[int] | None = None,
    **props: Any,
) -> rx.Component:
    """A square button with an icon, its name as a tooltip, and a count at its corner while that is not 0."""
    badge = (
        []
        if count is None
        else [
            rx.cond(
                count > 0,
                rx.el.span(
                    count,
                    rx.el.span(" new", class_name="sr-only"),
                    class_name="absolute -top-1.5 -right-1.5 grid h-4 min-w-4 place-items-center rounded-full"
                    " bg-crit px-1 text-[0.6875rem] leading-none font-semibold text-page",
                ),
            )
        ]
    )
    return tooltip(
        rx.el.button(
            icon_of(icon),
            *badge,
            type="button",
            aria_label=label,
            class_name=classes.join(_BASE, _VARIANTS[variant], "size-8"),
            **props,
        ),
        label,
    )
