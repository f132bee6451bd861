"""Parts of the popover."""

from typing import ClassVar

from ops_dashboard.ui.base_ui import popup_props
from ops_dashboard.ui.base_ui.part import Part

_PATH = "/popover"


class PopoverPart(Part):
    """A part of the popover."""

    path: ClassVar[str] = _PATH


class Root(PopoverPart):
    """Holds whether the popover is open."""

    tag = "Popover.Root"


class Trigger(PopoverPart):
    """The button that opens the popover."""

    tag = "Popover.Trigger"


class Positioner(popup_props.Positioner):
    """Places the popover under its trigger."""

    path: ClassVar[str] = _PATH
    tag = "Popover.Positioner"


class Popup(PopoverPart):
    """The box with the role dialog."""

    tag = "Popover.Popup"


class Close(PopoverPart):
    """A button that closes the popover, whatever else it does."""

    tag = "Popover.Close"


class Title(PopoverPart):
    """The heading, which names the popover."""

    tag = "Popover.Title"
