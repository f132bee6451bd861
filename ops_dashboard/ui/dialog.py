"""The dialog: a question or a form in the middle of the page."""

import reflex as rx

from ops_dashboard.ui.overlay import overlay

_PANEL = (
    "top-1/2 left-1/2 max-h-[85dvh] w-[min(32rem,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2"
    " rounded-lg border shadow-pop transition-opacity duration-150 data-ending-style:opacity-0"
    " data-starting-style:opacity-0"
)


def dialog(
    title: rx.Var[str] | str,
    *children: rx.Component,
    open: rx.Var[bool],
    on_open_change: rx.EventHandler | rx.event.EventCallback,
    opener_id: rx.Var[str] | str = "",
    description: rx.Var[str] | str | None = None,
    footer: rx.Component | None = None,
) -> rx.Component:
    """A modal dialog named ``title``; ``on_open_change`` receives the new state as a bool.

    The focus moves in, and on closing back to the element of id ``opener_id``, or to what had it before.
    """
    return overlay(
        title,
        *children,
        open=open,
        on_open_change=on_open_change,
        opener_id=opener_id,
        description=description,
        footer=footer,
        panel_class=_PANEL,
    )
