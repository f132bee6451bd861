"""Parts of the menu."""

from typing import ClassVar

import reflex as rx

from ops_dashboard.ui.base_ui import popup_props
from ops_dashboard.ui.base_ui.part import Part, chosen

_PATH = "/menu"


class MenuPart(Part):
    """A part of the menu."""

    path: ClassVar[str] = _PATH


class Root(MenuPart):
    """Holds whether the menu is open."""

    tag = "Menu.Root"

    modal: rx.Var[bool]


class Trigger(MenuPart):
    """The button that opens the menu."""

    tag = "Menu.Trigger"


class Positioner(popup_props.Positioner):
    """Places the menu under its trigger."""

    path: ClassVar[str] = _PATH
    tag = "Menu.Positioner"


class Popup(MenuPart):
    """The box with the role menu."""

    tag = "Menu.Popup"


class Item(MenuPart):
    """A choice that does something."""

    tag = "Menu.Item"

    disabled: rx.Var[bool]


class RadioGroup(MenuPart):
    """Choices of which one holds."""

    tag = "Menu.RadioGroup"

    value: rx.Var[str]
    on_value_change: rx.EventHandler[chosen]


class RadioItem(MenuPart):
    """One choice of a radio group."""

    tag = "Menu.RadioItem"

    value: rx.Var[str]
    close_on_click: rx.Var[bool]


class RadioItemIndicator(MenuPart):
    """The mark of the chosen item."""

    tag = "Menu.RadioItemIndicator"
