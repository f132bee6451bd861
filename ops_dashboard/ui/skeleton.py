"""Placeholders of the final size, while there is no data yet."""

import reflex as rx


def skeleton(class_name: str) -> rx.Component:
    """A pulsing block; give it the size of what will stand there."""
    return rx.el.span(custom_attrs={"aria-hidden": "true"}, class_name=f"skeleton block {class_name}")
