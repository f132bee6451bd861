"""The sheet: details at the side of the page."""

import reflex as rx

from ops_dashboard.ui.overlay import overlay

_PANEL = (
    "inset-y-0 right-0 border-l shadow-pop transition-transform duration-200"
    " data-ending-style:translate-x-full data-starting-style:translate-x-full"
)
_WIDTH, _WIDE = "w-[min(44rem,100vw)]", "w-[min(80rem,100vw)]"


def sheet(
    title: rx.Var[str] | str,
    *children: rx.Component,
    open: rx.Var[bool],
    on_open_change: rx.EventHandler | rx.event.EventCallback,
    opener_id: str = "",
    description: rx.Var[str] | str | None = None,
    footer: rx.Component | None = None,
    wide: bool = False,
) -> rx.Component:
    """A modal side sheet named ``title``; other arguments as for :func:`~ops_dashboard.ui.dialog.dialog`.

    ``wide``: for a table of many columns.
    """
    return overlay(
        title,
        *children,
        open=open,
        on_open_change=on_open_change,
        opener_id=opener_id,
        description=description,
        footer=footer,
        panel_class=f"{_PANEL} {_WIDE if wide else _WIDTH}",
    )
