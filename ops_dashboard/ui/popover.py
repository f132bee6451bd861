"""A popover: a little more, on demand, for mouse, keyboard and touch alike."""

from collections.abc import Sequence

import reflex as rx

from ops_dashboard.ui import classes
from ops_dashboard.ui.base_ui import popover as base
from ops_dashboard.ui.popups import popup_portal


def popover(
    title: rx.Var[str] | str,
    *children: rx.Component,
    trigger: Sequence[rx.Component | rx.Var | str],
    trigger_class: str,
    trigger_id: str = "",
) -> rx.Component:
    """A button that opens a small panel named ``title``."""
    return base.Root.create(
        base.Trigger.create(*trigger, class_name=trigger_class, **({"id": trigger_id} if trigger_id else {})),
        popup_portal(
            "Popover",
            base.Positioner.create(
                base.Popup.create(
                    base.Title.create(title, class_name="mb-2 text-sm font-semibold"),
                    *children,
                    class_name=classes.join(classes.POPUP, "w-80 max-w-[calc(100vw-2rem)] p-4"),
                ),
                side_offset=6,
                class_name="z-40",
            ),
        ),
    )
