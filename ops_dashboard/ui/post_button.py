"""A button that sends a plain form, for what needs an HTTP request of its own, as ending a cookie does."""

import reflex as rx
from reflex_components_core.el.element import Element

from ops_dashboard.ui.button import button_class


class PlainForm(Element):
    """A form that the browser itself sends; the framework's own keeps every form from being sent."""

    tag = "form"

    method: rx.Var[str]
    action: rx.Var[str]


def post_button(text: str, to: str) -> rx.Component:
    """A button named ``text`` that posts an empty form to the address ``to`` and leaves the page."""
    submit = rx.el.button(text, type="submit", class_name=button_class(size="sm"))
    return PlainForm.create(submit, method="post", action=to)
