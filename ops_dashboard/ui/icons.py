"""Icons: Lucide's, and the one it lacks. All are decoration: the word beside them says the same."""

import reflex as rx

from ops_dashboard.ui.svg_attributes import svg_attributes

_STROKE = 1.75
"""Pixels."""


def icon(name: str, size: int = 16, class_name: str = "") -> rx.Component:
    """A Lucide icon by its name, ``size`` pixels square."""
    return rx.icon(
        name,
        size=size,
        class_name=f"shrink-0 {class_name}",
        aria_hidden=True,
        custom_attrs=svg_attributes(strokeWidth=_STROKE),
    )


def dashed_question(size: int = 16, class_name: str = "") -> rx.Component:
    """A question mark in a dashed circle: nobody knows."""
    return rx.el.svg(
        rx.el.svg.circle(cx="12", cy="12", r="9", custom_attrs=svg_attributes(strokeDasharray="3 3")),
        rx.el.svg.path(d="M9.5 9.5a2.5 2.5 0 1 1 3.5 2.3c-.7.3-1 .8-1 1.7M12 17v.01"),
        width=str(size),
        height=str(size),
        view_box="0 0 24 24",
        class_name=f"shrink-0 {class_name}",
        custom_attrs={
            "aria-hidden": "true",
            **svg_attributes(
                fill="none",
                stroke="currentColor",
                strokeWidth=_STROKE,
                strokeLinecap="round",
                strokeLinejoin="round",
            ),
        },
    )
