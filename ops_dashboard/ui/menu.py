"""A menu under a button: things to do, or a choice of one."""

from collections.abc import Sequence

import reflex as rx

from ops_dashboard.ui import classes
from ops_dashboard.ui.base_ui import menu as base
from ops_dashboard.ui.icons import icon
from ops_dashboard.ui.popups import popup_portal


def menu_item(
    text: rx.Var[str] | str,
    on_click: rx.event.EventType[()],
    icon_name: str = "",
    disabled: rx.Var[bool] | bool = False,
) -> rx.Component:
    """A line of a menu that does something."""
    return base.Item.create(
        *([icon(icon_name)] if icon_name else []),
        text,
        on_click=on_click,
        disabled=disabled,
        class_name=classes.ITEM,
    )


def menu_choice(
    label: str,
    value: rx.Var[str],
    options: Sequence[tuple[str, str]],
    on_change: rx.EventHandler | rx.event.EventCallback,
) -> rx.Component:
    """A group of lines of which one is chosen; ``options`` are pairs of value and text."""
    return base.RadioGroup.create(
        *(
            base.RadioItem.create(
                rx.el.span(text, class_name="flex-1"),
                base.RadioItemIndicator.create(icon("check")),
                value=option,
                close_on_click=True,
                class_name=classes.ITEM,
            )
            for option, text in options
        ),
        value=value,
        on_value_change=on_change,
        aria_label=label,
    )


def menu(
    *lines: rx.Component, trigger: Sequence[rx.Component | str], trigger_class: str, label: str | None = None
) -> rx.Component:
    """A button that opens ``lines``; ``label`` names the button when its content is an icon alone."""
    return base.Root.create(
        base.Trigger.create(
            *trigger,
            class_name=trigger_class,
            **({} if label is None else {"aria_label": label}),
        ),
        popup_portal(
            "Menu",
            base.Positioner.create(
                base.Popup.create(*lines, class_name=classes.join(classes.POPUP, "w-max min-w-44 p-1")),
                side_offset=4,
                align="end",
                class_name="z-40 outline-none",
            ),
        ),
    )
