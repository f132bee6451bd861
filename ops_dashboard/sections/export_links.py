"""What is looked at, as a file."""

import reflex as rx

from ops_dashboard.ui.button import button_class
from ops_dashboard.ui.download_link import download_link

_KINDS = ("csv", "json")


def export_links(path: str, query: rx.Var[str]) -> rx.Component:
    """Links to the file of ``path`` in each format; ``query`` narrows it, and begins with "&" if it is not empty."""
    return rx.fragment(
        rx.el.span("Export", class_name="text-xs text-muted"),
        *(
            download_link(
                kind.upper(),
                href=rx.Var.create(f"{path}?format={kind}{query}"),
                aria_label=f"Export {kind.upper()}",
                class_name=button_class(size="sm"),
            )
            for kind in _KINDS
        ),
    )
