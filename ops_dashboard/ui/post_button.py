"""A button that sends a plain form, for what needs an HTTP request of its own, as setting a cookie does."""

import reflex as rx

from ops_dashboard.ui.button import button_class


def post_button(text: str, to: str) -> rx.Component:
    """A button named ``text`` that posts an empty form to the address ``to`` and leaves the page."""
    return rx.el.form(
        rx.el.button(text, type="submit", class_name=button_class(size="sm")), method="post", action=to
    )
