"""The heading of a column that can be sorted by."""

from typing import Any

import reflex as rx

from ops_dashboard.ui.icons import icon


def sort_heading(
    title: str,
    *,
    is_sorted: rx.Var[bool],
    is_descending: rx.Var[bool],
    on_click: rx.event.EventType[()],
    number: bool = False,
    **props: Any,
) -> rx.Component:
    """A ``th`` with a button; numbers stand at the right. The arrow is there for the eye, aria-sort for the ear."""
    direction = rx.cond(is_descending, "descending", "ascending")
    side = "flex-row-reverse" if number else ""
    return rx.el.th(
        rx.el.button(
            title,
            rx.cond(
                is_sorted,
                rx.cond(is_descending, icon("arrow-down", 12), icon("arrow-up", 12)),
                icon("arrow-down", 12, "opacity-0 group-hover:opacity-60 group-focus-visible:opacity-60"),
            ),
            type="button",
            on_click=on_click,
            class_name=f"group inline-flex min-h-6 items-center gap-1 rounded-sm hover:text-fg {side}",
        ),
        scope="col",
        aria_sort=rx.cond(is_sorted, direction, "none"),
        class_name=f"px-2 py-1 font-medium first:pl-0 {'text-right' if number else 'text-left'}",
        **props,
    )
