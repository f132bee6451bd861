"""A link to a file that the browser keeps instead of showing it."""

from typing import Any

import reflex as rx
from reflex_components_core.el.elements.inline import A


def download_link(*children: rx.Component | str, href: rx.Var[str] | str, **props: Any) -> rx.Component:
    """A plain link: ``rx.el.a`` would be a router's, and look for a page of that address."""
    return A.create(*children, href=href, custom_attrs={"download": ""}, **props)
