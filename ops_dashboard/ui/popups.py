"""Where tooltips, selects, menus and popovers are rendered."""

from typing import Any, Literal

import reflex as rx
from reflex.utils.imports import ImportVar
from reflex.vars import VarData

from ops_dashboard.ui.base_ui.part import LIBRARY
from ops_dashboard.ui.runtime import RuntimePart

_LAYER_ID = "popups"


class PopupPortal(RuntimePart):
    """Moves a popup to the page's layer, or to the dialog it belongs to."""

    tag = "PopupPortal"

    portal: rx.Var[Any]


def popup_portal(
    widget: Literal["Tooltip", "Select", "Menu", "Popover"], positioner: rx.Component
) -> rx.Component:
    """The portal of a Base UI widget, around its positioner."""
    imports = {LIBRARY: [ImportVar(tag=widget, package_path=f"/{widget.lower()}")]}
    portal = rx.Var(f"{widget}.Portal", _var_data=VarData(imports=imports))
    return PopupPortal.create(positioner, portal=portal)


def popup_layer() -> rx.Component:
    """The place of all popups; put it once, last in ``<main>``, which must make no stacking context."""
    return rx.el.div(id=_LAYER_ID, class_name="absolute top-0 left-0")
