"""Parts of the dialog. Its root is our own, see ``DialogRoot`` in ``assets/ops_runtime.jsx``."""

from typing import Any, ClassVar

import reflex as rx

from ops_dashboard.ui.base_ui.part import Part


class DialogPart(Part):
    """A part of the dialog."""

    path: ClassVar[str] = "/dialog"


class Portal(DialogPart):
    """Renders at the end of the body."""

    tag = "Dialog.Portal"


class Backdrop(DialogPart):
    """The veil over the page."""

    tag = "Dialog.Backdrop"


class Popup(DialogPart):
    """The panel: holds the focus while open."""

    tag = "Dialog.Popup"

    final_focus: rx.Var[Any]


class Title(DialogPart):
    """The heading, which names the dialog."""

    tag = "Dialog.Title"


class Description(DialogPart):
    """The paragraph that describes the dialog."""

    tag = "Dialog.Description"


class Close(DialogPart):
    """The button that closes the dialog."""

    tag = "Dialog.Close"
