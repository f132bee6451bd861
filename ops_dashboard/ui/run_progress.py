"""How far a run is: the bar, the figures below it, and what goes wrong with it."""

import reflex as rx
from reflex.vars import ObjectVar

from ops_dashboard.domain.views.embedding_progress import ProgressView
from ops_dashboard.ui.badge import badge
from ops_dashboard.ui.icons import dashed_question, icon
from ops_dashboard.ui.inline_style import inline_style
from ops_dashboard.ui.time import time

_TRACK = "h-2.5 overflow-hidden rounded-full bg-track"
_FILL = "h-full rounded-full motion-safe:transition-[width] motion-safe:duration-500"
_HATCHED = (
    "repeating-linear-gradient(135deg, var(--c1) 0 6px,"
    " color-mix(in srgb, var(--c1) 60%, var(--surface)) 6px 12px)"
)
"""What is not the backend's own figure looks different from what is."""


def run_progress(label: str, view: ObjectVar[ProgressView]) -> rx.Component:
    """The run of ``view``, its bar named ``label``. Each quarter is announced, and nothing in between."""
    return rx.el.div(
        rx.el.p(view.announcement, role="status", class_name="sr-only"),
        rx.cond(view.is_shown, _shown(label, view)),
    )


def _shown(label: str, view: ObjectVar[ProgressView]) -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.span("For ", view.what, class_name="min-w-0 truncate text-xs text-muted"),
            rx.el.span(
                rx.cond(~view.is_real & ~view.is_blind, badge("estimate")),
                rx.el.span(view.text, class_name="font-medium whitespace-nowrap"),
                class_name="inline-flex items-center gap-2",
            ),
            class_name="flex min-h-5 items-center justify-between gap-3",
        ),
        _bar(label, view),
        rx.el.dl(
            _fact("Processed", rx.cond(view.done != "", view.done, "not reported")),
            _fact("Rate", rx.cond(view.rate != "", view.rate, "–")),
            _fact("Time left", rx.cond(view.left != "", view.left, "not known")),
            _fact("Elapsed", time(view.began_at, "age")),
            class_name="grid grid-cols-[repeat(auto-fit,minmax(6rem,1fr))] gap-x-3 gap-y-2",
        ),
        rx.cond(
            view.trouble != "",
            rx.el.p(
                icon("triangle-alert", 14, "mt-px text-warn"),
                rx.el.span(view.trouble, " ", time(view.trouble_at, "both"), ". ", view.why),
                class_name="flex items-start gap-1.5 text-xs [overflow-wrap:anywhere]",
            ),
        ),
        rx.cond(
            view.note != "",
            rx.el.p(
                dashed_question(14, "mt-px"),
                rx.el.span(view.note),
                class_name="flex items-start gap-1.5 text-xs text-muted",
            ),
        ),
        custom_attrs={"data-progress": rx.cond(view.is_real, "real", "estimate")},
        class_name="grid gap-2",
    )


def _bar(label: str, view: ObjectVar[ProgressView]) -> rx.Component:
    common = {"aria-valuemin": 0, "aria-valuemax": 100}
    width = f"{view.percent.to(float)}%"
    real = rx.el.div(
        rx.el.div(class_name=f"{_FILL} bg-c1", custom_attrs=inline_style(width=width)),
        role="progressbar",
        aria_label=label,
        custom_attrs={**common, "aria-valuenow": view.percent, "aria-valuetext": view.text},
        class_name=_TRACK,
    )
    # Without a value it is a bar of which nobody knows how far it is: what is guessed is no value.
    blind = "motion-safe:animate-pulse opacity-50"
    guessed = rx.el.div(
        rx.el.div(
            class_name=rx.cond(view.is_blind, f"{_FILL} {blind}", _FILL),
            custom_attrs=inline_style(width=rx.cond(view.is_blind, "100%", width), background=_HATCHED),
        ),
        role="progressbar",
        aria_label=label,
        custom_attrs=common,
        class_name=_TRACK,
    )
    return rx.cond(view.is_real, real, guessed)


def _fact(name: str, value: rx.Component | rx.Var[str]) -> rx.Component:
    return rx.el.div(
        rx.el.dt(name, class_name="text-xs text-muted"),
        rx.el.dd(value, class_name="min-w-0 [overflow-wrap:anywhere]"),
    )
