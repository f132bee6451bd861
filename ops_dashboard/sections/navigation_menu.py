"""The menu of narrow screens: the links of the sidebar, which has no room there."""

import reflex as rx

from ops_dashboard.sections.sidebar import section_links, sources_button
from ops_dashboard.ui.button import button_class
from ops_dashboard.ui.icons import icon
from ops_dashboard.ui.popover import popover


def navigation_menu() -> rx.Component:
    """A button that opens the links; hidden where the sidebar stands."""
    return rx.el.nav(
        popover(
            "Sections",
            section_links(),
            sources_button("menu-sources"),
            trigger=[icon("menu"), rx.el.span("Menu", class_name="max-sm:sr-only")],
            trigger_class=button_class(),
        ),
        aria_label="Menu",
        class_name="lg:hidden",
    )
