"""Who does the ingestion, and whether they are alive: the cloud API and the edge worker side by side."""

import reflex as rx
from reflex.vars import ArrayVar, ObjectVar

from ops_dashboard.domain.views.heartbeats import Fact, HeartbeatView
from ops_dashboard.ui.progress import progress_bar
from ops_dashboard.ui.status import status_colour
from ops_dashboard.ui.time import time

_EDGES = {"down": "border-crit", "degraded": "border-warn"}


def worker_heartbeats(views: ArrayVar[list[HeartbeatView]]) -> rx.Component:
    """A list of two cards; each says in words what its pulse shows."""
    return rx.el.ul(
        rx.foreach(views, _card),
        aria_label="Heartbeats",
        class_name="grid content-start grid-cols-[repeat(auto-fit,minmax(min(15rem,100%),1fr))] gap-2",
    )


def _card(view: ObjectVar[HeartbeatView]) -> rx.Component:
    # What is not known yet has no colour.
    known = (view.display == "value") | (view.display == "stale")
    colour = rx.cond(known, status_colour(view.status), "text-muted")
    return rx.el.li(
        rx.el.div(
            rx.el.i(
                aria_hidden=True,
                custom_attrs={"data-alive": view.alive},
                class_name=f"pulse {colour}",
            ),
            rx.el.h3(view.title, class_name="text-sm font-medium"),
            rx.el.span(
                view.word,
                custom_attrs={"data-word": True},
                class_name=f"ml-auto text-xs font-medium whitespace-nowrap {colour}",
            ),
            class_name="flex items-center gap-2",
        ),
        _beat(view),
        rx.cond(view.note != "", rx.el.p(view.note, class_name="text-xs [overflow-wrap:anywhere]")),
        rx.cond(view.activity != "", _activity(view)),
        rx.cond(view.facts.length() > 0, _facts(view)),
        key=view.key,
        custom_attrs={
            "data-heartbeat": view.key,
            "data-status": view.status,
            "data-alive": view.alive,
            "data-stale-scope": view.display,
        },
        class_name=[
            "grid grid-cols-[minmax(0,1fr)] content-start gap-1.5 rounded-md border bg-raised px-3 py-2.5",
            rx.cond(
                view.display == "value", rx.match(view.status, *_EDGES.items(), "border-line"), "border-line"
            ),
        ],
    )


def _beat(view: ObjectVar[HeartbeatView]) -> rx.Component:
    """How long ago it was heard of, counting up, and how long it may be silent."""
    return rx.el.p(
        rx.cond(
            view.beat_at > 0,
            rx.fragment(
                view.beat_word,
                " ",
                rx.el.span(
                    rx.cond(view.gone, time(view.beat_at, "both"), time(view.beat_at, "relative")),
                    custom_attrs={"data-beat": view.key},
                    class_name="font-medium text-fg",
                ),
            ),
            f"{view.beat_word}: none known",
        ),
        rx.cond(view.threshold != "", f" · at most {view.threshold}", ""),
        class_name="text-xs text-muted",
    )


def _activity(view: ObjectVar[HeartbeatView]) -> rx.Component:
    return rx.el.div(
        rx.el.p(
            rx.el.span("Activity: ", class_name="text-muted"),
            view.activity,
            title=view.activity,
            class_name="line-clamp-2 text-xs [overflow-wrap:anywhere]",
        ),
        rx.cond(
            view.progress.is_not_none(), progress_bar(f"Progress of {view.title}", view.progress.to(float))
        ),
        class_name="grid gap-1",
    )


def _facts(view: ObjectVar[HeartbeatView]) -> rx.Component:
    return rx.el.dl(
        rx.foreach(
            view.facts,
            lambda fact: _fact(fact),
        ),
        class_name="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-0.5 text-xs",
    )


def _fact(fact: ObjectVar[Fact]) -> rx.Component:
    return rx.fragment(
        rx.el.dt(fact.label, class_name="text-muted"),
        rx.el.dd(fact.text, title=fact.text, class_name="truncate"),
    )
