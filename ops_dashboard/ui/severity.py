"""A severity as icon, word and colour; never as colour alone."""

import reflex as rx

from ops_dashboard.domain.alerts.severity import Severity
from ops_dashboard.ui.icons import icon

_COLOURS = {Severity.CRITICAL: "text-crit", Severity.WARNING: "text-warn", Severity.INFO: "text-info"}
_ICONS = {Severity.CRITICAL: "octagon-alert", Severity.WARNING: "triangle-alert"}


@rx.memo
def severity_mark(severity: rx.Var[str], word: rx.Var[str]) -> rx.Component:
    """Icon and word, 12 px, of a :class:`~ops_dashboard.domain.alerts.severity.Severity` value."""
    return rx.el.span(
        rx.match(severity, *((one, icon(name)) for one, name in _ICONS.items()), icon("info")),
        word,
        class_name=[
            "inline-flex items-center gap-1.5 text-xs font-medium whitespace-nowrap",
            rx.match(severity, *_COLOURS.items(), "text-muted"),
        ],
    )
