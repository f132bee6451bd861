"""How this browser shows the page: theme and time zone."""

import reflex as rx
from reflex.style import color_mode, set_color_mode

from ops_dashboard.ui.button import button_class
from ops_dashboard.ui.icons import icon
from ops_dashboard.ui.popover import popover
from ops_dashboard.ui.radio_group import radio_group
from ops_dashboard.ui.time import ZoneToggle

_THEMES = [("light", "Light"), ("dark", "Dark"), ("system", "System")]


def display_settings() -> rx.Component:
    """A button that opens the choices; each is kept by the browser."""
    return popover(
        "Display",
        rx.el.p("Theme", class_name="mb-1 text-xs text-muted"),
        radio_group("Theme", color_mode, _THEMES, set_color_mode),
        rx.el.p("Times", class_name="mt-3 mb-1 text-xs text-muted"),
        ZoneToggle.create(class_name=button_class(size="sm")),
        trigger=[icon("sun-moon"), rx.el.span("Display", class_name="sr-only")],
        trigger_class=button_class(extra="size-8 px-0"),
    )
