"""A status as icon, word and colour; never as colour alone."""

import reflex as rx

from ops_dashboard.domain.status import Status
from ops_dashboard.ui.icons import dashed_question, icon

COLOURS: dict[str, str] = {
    Status.HEALTHY: "text-ok",
    Status.DEGRADED: "text-warn",
    Status.DOWN: "text-crit",
    Status.UNKNOWN: "text-muted",
    Status.NOT_APPLICABLE: "text-muted",
}


def status_colour(status: rx.Var[str]) -> rx.Var[str]:
    """The text colour class of a :class:`Status` value; muted for anything else."""
    return rx.match(status, *COLOURS.items(), "text-muted")


def _icon(status: rx.Var[str], size: int) -> rx.Component:
    return rx.match(
        status,
        (Status.HEALTHY, icon("circle-check", size)),
        (Status.DEGRADED, icon("triangle-alert", size)),
        (Status.DOWN, icon("octagon-alert", size)),
        (Status.NOT_APPLICABLE, icon("circle-minus", size)),
        dashed_question(size),
    )


@rx.memo
def status_icon(status: rx.Var[str]) -> rx.Component:
    """The 16 px icon of a status, in its colour."""
    return rx.el.span(_icon(status, 16), class_name=f"inline-flex {status_colour(status)}")


@rx.memo
def status_mark(status: rx.Var[str], word: rx.Var[str]) -> rx.Component:
    """Icon and word, 12 px: the mark of a card or a tile."""
    return rx.el.span(
        _icon(status, 16),
        word,
        class_name=f"inline-flex items-center gap-1.5 text-xs font-medium {status_colour(status)}",
    )


@rx.memo
def status_headline(status: rx.Var[str], word: rx.Var[str]) -> rx.Component:
    """Icon and word, 20 px: the verdict of the whole page."""
    return rx.el.p(
        _icon(status, 22),
        word,
        class_name=f"flex items-center gap-2 text-lg font-semibold {status_colour(status)}",
    )
