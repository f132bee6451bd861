"""The sheet: details at the side of the page."""

import reflex as rx

from ops_dashboard.ui.overlay import overlay

_PANEL = (
    "inset-y-0 right-0 w-[min(44rem,100vw)] border-l shadow-pop transition-transform duration-200"
    " data-ending-style:translate-x-full data-starting-style:translate-x-full"
)


def sheet(
    title: rx.Var[str] | str,
    *children: rx.Component,
    open: rx.Var[bool],
    on_open_change: rx.EventHandler | rx.event.EventCallback,
    opener_id: str = "",
    description: rx.Var[str] | str | None = None,
    footer: rx.Component | None = None,
) -> rx.Component:
    """A modal side sheet named ``title``; arguments as for :func:`~ops_dashboard.ui.dialog.dialog`."""
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
