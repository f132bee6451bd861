"""Parts of the select."""

from typing import Any, ClassVar

import reflex as rx

from ops_dashboard.ui.base_ui import popup_props
from ops_dashboard.ui.base_ui.part import Part, chosen

_PATH = "/select"


class SelectPart(Part):
    """A part of the select."""

    path: ClassVar[str] = _PATH


class Root(SelectPart):
    """Holds the chosen value; ``items`` tells the text of each before the list was ever opened."""

    tag = "Select.Root"

    items: rx.Var[list[dict[str, str]]]
    value: rx.Var[str]
    modal: rx.Var[bool]
    disabled: rx.Var[bool]
    on_value_change: rx.EventHandler[chosen]


class Trigger(SelectPart):
    """The button with the role combobox."""

    tag = "Select.Trigger"


class Value(SelectPart):
    """The text of the chosen item."""

    tag = "Select.Value"


class Icon(SelectPart):
    """The arrow that tells a list will open."""

    tag = "Select.Icon"


class Positioner(popup_props.Positioner):
    """Places the list under its trigger."""

    path: ClassVar[str] = _PATH
    tag = "Select.Positioner"

    align_item_with_trigger: rx.Var[bool]


class Popup(SelectPart):
    """The box of the list."""

    tag = "Select.Popup"


class Item(SelectPart):
    """One choice."""

    tag = "Select.Item"

    value: rx.Var[Any]


class ItemText(SelectPart):
    """The text of one choice."""

    tag = "Select.ItemText"


class ItemIndicator(SelectPart):
    """The mark of the chosen item."""

    tag = "Select.ItemIndicator"
