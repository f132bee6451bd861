"""What came of an action: icon, headline, details, who and when; put away at will."""

import reflex as rx
from reflex.vars import ObjectVar

from ops_dashboard.domain.views.action import ActionView
from ops_dashboard.ui.button import icon_button
from ops_dashboard.ui.icons import dashed_question, icon
from ops_dashboard.ui.time import time

_COLOURS = (("done", "text-ok"), ("failed", "text-crit"), ("unknown", "text-warn"))


def action_result(
    view: ObjectVar[ActionView],
    *,
    not_sent: rx.Var[str],
    dismissed: rx.Var[int],
    on_dismiss: list[rx.event.EventSpec],
) -> rx.Component:
    """The last run of an action, unless its number is ``dismissed``, and why this tab's wish was ``not_sent``.

    The live region stands there before it speaks; the moment in it is not read out again as it grows old.
    """
    run = (view.state != "idle") & (view.number != dismissed)
    return rx.el.div(
        rx.el.div(
            rx.el.p(
                rx.cond(run, rx.fragment(_headline(view), " ", view.sentence, " ", view.advice)),
                role="status",
            ),
            rx.el.p(not_sent, role="status"),
            rx.cond(run, _who_and_when(view)),
            class_name="grid min-w-0 gap-1 break-words [overflow-wrap:anywhere]",
        ),
        rx.cond(
            (run & (view.state != "running")) | (not_sent != ""),
            rx.el.div(icon_button("Dismiss", "x", "ghost", on_click=on_dismiss), class_name="-my-2 -mr-2"),
        ),
        custom_attrs={"data-action-state": rx.cond(run, view.state, "idle")},
        class_name=rx.cond(
            run | (not_sent != ""), "flex items-start justify-between gap-2 text-xs", "sr-only"
        ),
    )


def _headline(view: ObjectVar[ActionView]) -> rx.Component:
    mark = rx.match(
        view.state,
        ("done", icon("circle-check", 14)),
        ("failed", icon("octagon-alert", 14)),
        ("unknown", dashed_question(14)),
        icon("loader-circle", 14, "motion-safe:animate-spin"),
    )
    return rx.el.strong(
        mark,
        view.word,
        rx.cond(view.state == "running", "", "."),
        class_name=[
            "mr-1 inline-flex items-center gap-1.5 align-bottom font-semibold",
            rx.match(view.state, *_COLOURS, "text-muted"),
        ],
    )


def _who_and_when(view: ObjectVar[ActionView]) -> rx.Component:
    return rx.el.p(
        rx.cond(view.state == "running", "Since ", ""),
        time(view.at, "both"),
        " · by ",
        view.by,
        class_name="text-muted",
    )
