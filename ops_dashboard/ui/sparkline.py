"""A sparkline: the shape of the last hour, drawn without a library."""

import reflex as rx

from ops_dashboard.domain.views.sparkline import HEIGHT, WIDTH
from ops_dashboard.ui.svg_attributes import svg_attributes


@rx.memo
def sparkline(path: rx.Var[str]) -> rx.Component:
    """The line of an SVG path; the place stays empty while there is none. Decoration: the trend says it in words."""
    return rx.el.svg(
        rx.el.svg.path(
            d=path,
            custom_attrs=svg_attributes(
                fill="none",
                stroke="currentColor",
                strokeWidth="1.5",
                strokeLinejoin="round",
                vectorEffect="non-scaling-stroke",
            ),
        ),
        view_box=f"0 0 {WIDTH} {HEIGHT}",
        preserve_aspect_ratio="none",
        custom_attrs={"aria-hidden": "true", "data-sparkline": path != ""},
        class_name="h-6 w-full text-faint",
    )
