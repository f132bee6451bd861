"""How an SVG shape is drawn: attributes on the shape itself."""

from typing import Any


def svg_attributes(**attributes: Any) -> dict[str, Any]:
    """The ``custom_attrs`` of a shape or an icon with these attributes, by their names in React.

    As props of ``rx.el.svg`` most of them would become a style, and each style a sheet of its own: one for every
    icon within the page's HTML, after each of which the browser styles the page anew.
    """
    return attributes
