"""A select: one of a few choices, its name and its value both readable."""

from collections.abc import Sequence

import reflex as rx

from ops_dashboard.ui import classes
from ops_dashboard.ui.base_ui import select as base
from ops_dashboard.ui.button import button_class
from ops_dashboard.ui.icons import icon
from ops_dashboard.ui.popups import popup_portal


def _item(value: str, text: str) -> rx.Component:
    return base.Item.create(
        base.ItemText.create(text, class_name="flex-1"),
        base.ItemIndicator.create(icon("check")),
        value=value,
        class_name=classes.ITEM,
    )


def select(
    label: str,
    value: rx.Var[str],
    options: Sequence[tuple[str, str]],
    on_change: rx.EventHandler | rx.event.EventCallback,
    disabled: rx.Var[bool] | bool = False,
) -> rx.Component:
    """A combobox named ``label`` that reads "label: text of the choice".

    ``options`` are pairs of value and text; ``on_change`` receives the value chosen.
    """
    name_id = f"select-{label.lower().replace(' ', '-')}"
    return base.Root.create(
        base.Trigger.create(
            rx.el.span(rx.el.span(label, id=name_id), ": ", base.Value.create()),
            base.Icon.create(icon("chevron-down")),
            class_name=button_class(size="sm", extra="font-normal"),
            aria_labelledby=name_id,
        ),
        popup_portal(
            "Select",
            base.Positioner.create(
                base.Popup.create(
                    *(_item(option, text) for option, text in options),
                    class_name=classes.join(classes.POPUP, "w-max min-w-(--anchor-width) p-1"),
                ),
                side_offset=4,
                align_item_with_trigger=False,
                class_name="z-40 outline-none",
            ),
        ),
        items=[{"value": option, "label": text} for option, text in options],
        value=value,
        disabled=disabled,
        on_value_change=on_change,
    )
