"""Copies a link to what the page shows; see ``assets/ops_copy_link.jsx``."""

import reflex as rx
from reflex.utils.imports import ImportDict, ImportVar

from ops_dashboard.ui import classes
from ops_dashboard.ui.base_ui.part import LIBRARY
from ops_dashboard.ui.icons import icon


class CopyLinkItem(rx.Component):
    """A line of a menu."""

    library = "$/public/ops_copy_link"
    tag = "CopyLinkItem"

    name: rx.Var[str]
    value: rx.Var[str | int]
    on_copied: rx.EventHandler[rx.event.passthrough_event_spec(bool)]

    def add_imports(self) -> ImportDict:
        """What that file needs installed."""
        return {LIBRARY: ImportVar(tag=None, render=False)}


def copy_link_item(
    text: str, name: str, value: rx.Var[str] | rx.Var[int], on_copied: rx.EventHandler
) -> rx.Component:
    """A line of a menu that copies this page's address with ``?name=value``; ``on_copied`` receives a bool."""
    return CopyLinkItem.create(
        icon("link"), text, name=name, value=value, on_copied=on_copied, class_name=classes.ITEM
    )
