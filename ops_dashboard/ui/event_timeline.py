"""The latest events of the bus, which the browser fetches itself; see ``assets/ops_event_timeline.jsx``."""

import reflex as rx

from ops_dashboard.domain.views.table import TableView


class EventTimeline(rx.Component):
    """The list with its choice of a type and its download."""

    library = "$/public/ops_event_timeline"
    tag = "EventTimeline"

    view: rx.Var[TableView]
    height: rx.Var[int]


def event_timeline(view: rx.Var[TableView], *, height: int = 240) -> rx.Component:
    """The events of ``view``, newest first, ``height`` px high whatever there is to show.

    It stands still under the mouse and with the focus, and says how many newer ones wait. The details of one are
    its JSON text.
    """
    return EventTimeline.create(view=view, height=height)
