"""The services that ingestion needs, as a list: state and message of each."""

import reflex as rx
from reflex.vars import ObjectVar

from ops_dashboard.domain.views.ingestion_services import ServiceRow, ServicesView
from ops_dashboard.ui.status import status_colour, status_icon

_MOST_UNSCROLLED = 12
"""More services than this scroll, so that what is below them stays near."""


def ingestion_services(view: ObjectVar[ServicesView]) -> rx.Component:
    """The list under its heading; without one the reason."""
    return rx.el.div(
        rx.el.h3("Services", class_name="mb-1 text-xs font-medium"),
        rx.cond(
            view.rows.length() > 0,
            rx.fragment(
                rx.cond(
                    view.rows.length() > _MOST_UNSCROLLED,
                    rx.el.div(
                        _services(view),
                        tab_index=0,
                        role="group",
                        aria_label="All services",
                        class_name="max-h-80 overflow-y-auto p-0.5",
                    ),
                    _services(view),
                ),
                rx.cond(
                    view.cut != "", rx.el.p(view.cut, " are shown.", class_name="mt-2 text-xs text-muted")
                ),
            ),
            rx.el.p(
                rx.match(
                    view.display,
                    ("not_reported", rx.cond(view.note != "", view.note, "Not reported by this backend.")),
                    ("waiting", rx.cond(view.note != "", view.note, "No data yet.")),
                    "The backend names no service.",
                ),
                class_name="text-xs text-muted [overflow-wrap:anywhere]",
            ),
        ),
        custom_attrs={"data-stale-scope": view.display},
    )


def _services(view: ObjectVar[ServicesView]) -> rx.Component:
    return rx.el.ul(
        rx.foreach(view.rows, _row),
        aria_label="Services of ingestion",
        class_name="grid grid-cols-[repeat(auto-fill,minmax(min(12rem,100%),1fr))] gap-x-4 gap-y-1",
    )


def _row(row: ObjectVar[ServiceRow]) -> rx.Component:
    return rx.el.li(
        rx.el.p(
            status_icon(status=row.status),
            rx.el.span(row.name, title=row.name, class_name="min-w-0 truncate"),
            rx.el.span(row.word, class_name=f"ml-auto text-xs whitespace-nowrap {status_colour(row.status)}"),
            class_name="flex items-center gap-1.5",
        ),
        rx.cond(
            row.message != "",
            rx.el.p(
                row.message,
                title=row.message,
                class_name="line-clamp-3 pl-5.5 text-xs text-muted [overflow-wrap:anywhere]",
            ),
        ),
        key=row.name,
        custom_attrs={"data-service": row.name, "data-status": row.status},
    )
