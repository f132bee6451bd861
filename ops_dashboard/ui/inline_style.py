"""Styles that follow the data: they stand on the element itself."""

from typing import Any

import reflex as rx


def inline_style(**styles: Any) -> dict[str, Any]:
    """The ``custom_attrs`` of an element with these styles, by their names in JavaScript.

    The prop ``style`` would make a class of every value that ever occurs, and forget none of them.
    """
    return {"style": rx.Var.create(styles)}
