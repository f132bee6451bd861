"""Parts of the two-state switch and of the radio group."""

from typing import ClassVar

import reflex as rx

from ops_dashboard.ui.base_ui.part import Part, chosen, switched


class SwitchRoot(Part):
    """The element with the role switch."""

    path: ClassVar[str] = "/switch"
    tag = "Switch.Root"

    checked: rx.Var[bool]
    disabled: rx.Var[bool]
    on_checked_change: rx.EventHandler[switched]


class SwitchThumb(Part):
    """The knob."""

    path: ClassVar[str] = "/switch"
    tag = "Switch.Thumb"


class RadioGroup(Part):
    """The element with the role radiogroup: one tab stop, arrow keys choose."""

    path: ClassVar[str] = "/radio-group"
    tag = "RadioGroup"

    value: rx.Var[str]
    on_value_change: rx.EventHandler[chosen]


class Radio(Part):
    """One choice of a radio group."""

    path: ClassVar[str] = "/radio"
    tag = "Radio.Root"

    value: rx.Var[str]
