"""Links within the page: plain ones, so that the browser moves the focus along with the view."""

from typing import Any

import reflex as rx
from reflex_components_core.el.elements.inline import A


def anchor(*children: rx.Component | str, to: str, **props: Any) -> rx.Component:
    """A link to the element of id ``to``. ``rx.el.a`` would be a router's link, which leaves the focus behind."""
    return A.create(*children, href=f"#{to}", **props)
