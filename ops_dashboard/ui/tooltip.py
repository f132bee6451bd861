"""The tooltip: shown on hover and on focus, gone with Escape."""

import reflex as rx

from ops_dashboard.ui import classes
from ops_dashboard.ui.base_ui import tooltip as base
from ops_dashboard.ui.popups import popup_portal


def tooltip(trigger: rx.Component, *content: rx.Component | rx.Var | str) -> rx.Component:
    """Attach a tooltip to an element.

    ``trigger`` is an element without children of its own that stand for the trigger: give it its text and its
    attributes; it must be focusable (a button, or ``tab_index=0``). The tooltip is for sighted people only:
    what it says must be in the accessible name or in visually hidden text too.
    """
    return base.Root.create(
        base.Trigger.create(render_=trigger, delay=300),
        popup_portal(
            "Tooltip",
            base.Positioner.create(
                base.Popup.create(
                    *content,
                    class_name=classes.join(classes.POPUP, "grid w-max max-w-80 gap-1 px-3 py-2 text-xs"),
                ),
                side_offset=6,
                class_name="z-50",
            ),
        ),
    )
