"""Parts of the collapsible."""

from typing import ClassVar

from ops_dashboard.ui.base_ui.part import Part


class CollapsiblePart(Part):
    """A part of the collapsible."""

    path: ClassVar[str] = "/collapsible"


class Root(CollapsiblePart):
    """Holds whether the panel is open."""

    tag = "Collapsible.Root"


class Trigger(CollapsiblePart):
    """The button that opens and closes the panel."""

    tag = "Collapsible.Trigger"


class Panel(CollapsiblePart):
    """What is shown while it is open, and not even made while it is closed."""

    tag = "Collapsible.Panel"
