"""Plain links: within the page, where the browser then moves the focus along with the view, and out of it."""

from typing import Any

import reflex as rx
from reflex_components_core.el.elements.inline import A


def anchor(*children: rx.Component | str, to: str, **props: Any) -> rx.Component:
    """A link to the element of id ``to``. ``rx.el.a`` would be a router's link, which leaves the focus behind."""
    return A.create(*children, href=f"#{to}", **props)


def page_link(text: str, *, to: str, **props: Any) -> rx.Component:
    """A link to another page of this server that the router knows nothing of; ``to`` is relative to this one."""
    return A.create(text, href=to, **props)
