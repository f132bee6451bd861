"""A disclosure: a button that shows and hides what belongs to it."""

from collections.abc import Sequence

import reflex as rx

from ops_dashboard.ui import classes
from ops_dashboard.ui.base_ui import collapsible as base
from ops_dashboard.ui.icons import icon


def disclosure(
    *children: rx.Component,
    trigger: Sequence[rx.Component | rx.Var | str],
    trigger_class: str = "",
    aside: rx.Component | None = None,
) -> rx.Component:
    """``trigger`` as a button, ``aside`` beside it, and ``children`` below once it was pressed; closed at first."""
    return base.Root.create(
        rx.el.div(
            base.Trigger.create(
                icon("chevron-right", class_name="transition-transform group-data-panel-open:rotate-90"),
                *trigger,
                class_name=classes.join(
                    "group inline-flex min-h-7 min-w-0 items-center gap-1.5 rounded-sm text-left",
                    trigger_class,
                ),
            ),
            *([] if aside is None else [aside]),
            class_name="flex flex-wrap items-center justify-between gap-x-3 gap-y-1",
        ),
        base.Panel.create(*children),
    )
