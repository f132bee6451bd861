"""The queue: how many jobs stand how, and how full it is. Choosing a part shows these jobs alone."""

import reflex as rx
from reflex.vars import ObjectVar

from ops_dashboard.domain.views.breakdown import Part
from ops_dashboard.domain.views.jobs import Capacity, JobsView
from ops_dashboard.state.job_history import JobHistoryState
from ops_dashboard.ui.breakdown import swatch
from ops_dashboard.ui.icons import icon
from ops_dashboard.ui.segmented_bar import segmented_bar
from ops_dashboard.ui.time import time


def job_queue(jobs: ObjectVar[JobsView]) -> rx.Component:
    """The bar with a button for each part, and the capacity where it is known."""
    return rx.el.div(
        rx.el.div(
            rx.el.h3("Jobs by status", class_name="text-xs font-medium"),
            rx.cond(jobs.capacity.text != "", _capacity(jobs.capacity)),
            class_name="flex flex-wrap items-center justify-between gap-x-3",
        ),
        segmented_bar(
            jobs.queue,
            rx.el.div(
                rx.foreach(jobs.queue.parts, lambda part: _choice(part, jobs.queue.display)),
                class_name="-mx-1 flex flex-wrap gap-x-1 gap-y-1 text-xs",
            ),
        ),
        rx.cond(jobs.folded != "", rx.el.p(jobs.folded, class_name="text-xs text-muted")),
        class_name="grid content-start gap-1.5",
    )


def _choice(part: ObjectVar[Part], display: rx.Var[str]) -> rx.Component:
    is_chosen = JobHistoryState.wanted.status == part.key
    return rx.el.button(
        swatch(part),
        rx.el.span(part.label),
        rx.el.strong(part.text, class_name="font-semibold tabular-nums"),
        type="button",
        title=part.exact,
        on_click=JobHistoryState.toggle_status(part.key),
        key=part.key,
        custom_attrs={
            "aria-pressed": is_chosen,
            "data-figure": f"jobs.{part.key}",
            "data-display": display,
        },
        class_name="inline-flex min-h-6 items-center gap-1.5 rounded-sm border border-transparent px-1.5"
        " hover:bg-track aria-pressed:border-fg aria-pressed:bg-track",
    )


def _capacity(capacity: ObjectVar[Capacity]) -> rx.Component:
    return rx.el.p(
        rx.cond(capacity.near_full, icon("triangle-alert", 14)),
        rx.el.span(
            rx.el.strong(capacity.text, class_name="font-semibold"),
            " ",
            capacity.sentence,
            " ",
            time(capacity.at, "relative"),
        ),
        custom_attrs={"data-capacity": True},
        class_name=[
            "inline-flex items-center gap-1.5 text-xs",
            rx.cond(capacity.near_full, "text-warn", "text-muted"),
        ],
    )
