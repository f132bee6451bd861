"""The status history strip: a bar of stretches, as wide as they lasted."""

import reflex as rx
from reflex.vars import ArrayVar, ObjectVar

from ops_dashboard.domain.status import Status
from ops_dashboard.domain.views.status_strip import NO_DATA, Stretch
from ops_dashboard.ui.inline_style import inline_style

_LOOKS = {
    Status.HEALTHY: "bg-ok",
    Status.DEGRADED: "bg-warn strip-degraded",
    Status.DOWN: "bg-crit strip-down",
    NO_DATA: "strip-no-data",
}


def status_strip(stretches: ArrayVar[list[Stretch]]) -> rx.Component:
    """Decoration beside a table that says the same: colours and hatchings, oldest to the left."""
    return rx.el.div(
        rx.foreach(stretches, _stretch),
        aria_hidden=True,
        class_name="flex h-5 overflow-hidden rounded-sm",
    )


def _stretch(stretch: ObjectVar[Stretch]) -> rx.Component:
    return rx.el.span(
        key=stretch.at.to_string(),
        title=stretch.word,
        custom_attrs={"data-status": stretch.status, **inline_style(flexGrow=stretch.until - stretch.at)},
        class_name=["min-w-px basis-0", rx.match(stretch.status, *_LOOKS.items(), "bg-faint")],
    )
