"""A plain table that a screen reader can walk."""

from collections.abc import Sequence
from dataclasses import dataclass

import reflex as rx


@dataclass(frozen=True, slots=True)
class Column:
    """The heading of a column; numbers stand at the right."""

    title: str
    number: bool = False


def cell(*children: rx.Component | rx.Var | str, number: bool = False) -> rx.Component:
    """A cell of the body."""
    return rx.el.td(*children, class_name=_aligned("py-1.5 break-words [overflow-wrap:anywhere]", number))


def row_heading(*children: rx.Component | rx.Var | str) -> rx.Component:
    """The first cell of a row, which names the row."""
    return rx.el.th(
        *children,
        scope="row",
        class_name="py-1.5 pr-3 text-left font-normal [overflow-wrap:anywhere]",
    )


def table(caption: str, columns: Sequence[Column], *rows: rx.Component) -> rx.Component:
    """A table named ``caption`` (for screen readers); ``rows``: ``rx.el.tr`` or an ``rx.foreach`` of them."""
    return rx.el.table(
        rx.el.caption(caption, class_name="sr-only"),
        rx.el.thead(
            rx.el.tr(
                *(
                    rx.el.th(c.title, scope="col", class_name=_aligned("py-1 font-medium", c.number))
                    for c in columns
                ),
                class_name="border-b border-line text-xs text-muted",
            ),
        ),
        rx.el.tbody(*rows, class_name="divide-y divide-line"),
        class_name="w-full border-collapse text-sm",
    )


def _aligned(names: str, number: bool) -> str:
    return f"{names} pl-3 text-right whitespace-nowrap" if number else f"{names} pr-3 text-left"
