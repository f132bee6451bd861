"""Parts of the tooltip."""

from typing import ClassVar

import reflex as rx

from ops_dashboard.ui.base_ui import popup_props
from ops_dashboard.ui.base_ui.part import Part

_PATH = "/tooltip"


class Root(Part):
    """Holds whether the tooltip is open."""

    path: ClassVar[str] = _PATH
    tag = "Tooltip.Root"


class Trigger(Part):
    """What is hovered or focused; ``render_`` replaces its button by another element."""

    path: ClassVar[str] = _PATH
    tag = "Tooltip.Trigger"

    render_: rx.Var[rx.Component]
    delay: rx.Var[int]
    close_on_click: rx.Var[bool]


class Positioner(popup_props.Positioner):
    """Places the tooltip beside its trigger."""

    path: ClassVar[str] = _PATH
    tag = "Tooltip.Positioner"


class Popup(Part):
    """The box of the tooltip."""

    path: ClassVar[str] = _PATH
    tag = "Tooltip.Popup"
