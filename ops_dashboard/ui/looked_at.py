"""Tells which sections come on screen whose data are read seldom; see ``assets/ops_looked_at.jsx``."""

import reflex as rx


class LookedAt(rx.Component):
    """Shows nothing."""

    library = "$/public/ops_looked_at"
    tag = "LookedAt"

    on_look: rx.EventHandler[rx.event.passthrough_event_spec(str)]


def looked_at(on_look: rx.EventHandler) -> rx.Component:
    """``on_look`` receives the id of each such section when it comes into view."""
    return LookedAt.create(on_look=on_look)
