"""A section of the page as a card: heading, status, tools, and how old its data is."""

import reflex as rx

from ops_dashboard.domain.views.figure import Freshness
from ops_dashboard.ui import classes
from ops_dashboard.ui.icons import dashed_question
from ops_dashboard.ui.status import status_mark
from ops_dashboard.ui.time import time

CARD = "min-w-0 rounded-lg border border-line bg-surface px-4 py-3.5"
"""The look of a card."""
OLD_WORDS = "in-data-[stale-scope=stale]:text-xs in-data-[stale-scope=stale]:italic"
"""How the backend's words look once they are old."""


@rx.memo
def freshness_line(freshness: rx.Var[Freshness]) -> rx.Component:
    """Why the data is old and what happens next; nothing while it is fresh and read with every refresh."""
    retry = rx.cond(
        freshness.next_retry_at > 0,
        rx.el.span(" · retry in ", time(freshness.next_retry_at, "until")),
    )
    reason = rx.cond(freshness.reason != "", rx.el.span(" · ", freshness.reason))
    age = rx.cond(
        freshness.at > 0,
        rx.el.span("as of ", time(freshness.at, "absolute"), ", ", time(freshness.at, "age"), " old"),
        rx.el.span("no data yet"),
    )
    troubled = (freshness.display == "stale") | (freshness.reason != "")
    seldom = rx.cond(freshness.seldom != "", rx.el.span(" · ", freshness.seldom))
    coming = rx.cond(
        freshness.next_read_at > 0,
        rx.el.span(" · next reading in about ", time(freshness.next_read_at, "until")),
    )
    return rx.cond(
        troubled | (freshness.seldom != "") | (freshness.next_read_at > 0),
        rx.el.p(
            rx.cond(troubled, dashed_question()),
            rx.el.span(age, reason, retry, seldom, coming, class_name="min-w-0 [overflow-wrap:anywhere]"),
            class_name="flex items-center gap-1.5 text-xs text-muted",
        ),
    )


def section_card(
    title: str,
    *children: rx.Component,
    tools: rx.Component | None = None,
    freshness: rx.Var[Freshness] | None = None,
    status: rx.Var[str] | None = None,
    status_word: rx.Var[str] | None = None,
    section_id: str = "",
    class_name: str = "",
) -> rx.Component:
    """A region named ``title`` with an h2; while its data is stale, what it holds turns grey.

    ``status`` is a :class:`~ops_dashboard.domain.status.Status` value, ``status_word`` its word.
    """
    display = "value" if freshness is None else freshness.display
    aside = [
        *([] if freshness is None else [freshness_line(freshness=freshness)]),
        *([] if status is None or status_word is None else [_mark(status, status_word, display)]),
        *([] if tools is None else [tools]),
    ]
    return rx.el.section(
        rx.el.div(
            rx.el.h2(title, class_name="text-sm font-semibold whitespace-nowrap"),
            rx.el.div(
                *aside, class_name="ml-auto flex min-w-0 flex-wrap items-center justify-end gap-x-3 gap-y-1"
            ),
            class_name="mb-2.5 flex min-h-7 flex-wrap items-center justify-between gap-x-3 gap-y-1",
        ),
        rx.el.div(*children, custom_attrs={"data-stale-scope": display}),
        id=section_id or title.lower().replace(" ", "-"),
        aria_label=title,
        custom_attrs={
            "data-display": display,
            **({} if freshness is None else {"data-seldom": freshness.next_read_at > 0}),
        },
        class_name=classes.join(CARD, "scroll-mt-16", class_name),
    )


def _mark(status: rx.Var[str], word: rx.Var[str], display: rx.Var[str] | str) -> rx.Component:
    return rx.cond(
        status != "",
        rx.el.span(status_mark(status=status, word=word), custom_attrs={"data-stale-scope": display}),
    )
