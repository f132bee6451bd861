"""Data sources: how reading each goes, what is only observed, and what this backend cannot do."""

import reflex as rx
from reflex.vars import ArrayVar, ObjectVar

from ops_dashboard.domain.views.sources import OfferRow, SourceRow
from ops_dashboard.state.dialogs import DialogsState
from ops_dashboard.state.sections import ShellState, SourcesState
from ops_dashboard.ui.icons import icon
from ops_dashboard.ui.sheet import sheet
from ops_dashboard.ui.status import status_mark
from ops_dashboard.ui.table import Column, cell, row_heading, table
from ops_dashboard.ui.time import time

_VIEW = SourcesState.view
_STATUS_OF = {"fresh": "healthy", "stale": "degraded", "failing": "down"}
_OFFERS = {"offered": ("healthy", "Offered"), "not_offered": ("not_applicable", "Not offered")}


def data_sources_sheet() -> rx.Component:
    """The sheet "Data sources"."""
    return sheet(
        "Data sources",
        _unsaved(),
        _clock(),
        table(
            "Data sources",
            [Column("Source"), Column("State"), Column("Read"), Column("Took", number=True)],
            rx.foreach(_VIEW.rows, _source),
        ),
        _observed(),
        rx.el.h3("What this backend can do", class_name="mt-6 mb-2 text-sm font-semibold"),
        rx.el.ul(rx.foreach(_VIEW.offers, _offer), class_name="grid gap-2"),
        open=DialogsState.open_dialog == "sources",
        on_open_change=DialogsState.close,
        description="Every call this dashboard makes to the backend, and how it went the last time.",
    )


def _unsaved() -> rx.Component:
    return rx.cond(
        ShellState.view.unsaved != "",
        rx.el.p(
            "A restart of the dashboard would lose the history: ",
            ShellState.view.unsaved,
            " It is tried again every minute.",
            class_name="mb-3 text-warn break-words",
        ),
    )


def _clock() -> rx.Component:
    return rx.cond(
        ShellState.view.clock != "",
        rx.el.p(
            ShellState.view.clock,
            " The times that it reports are corrected by that.",
            class_name="mb-3 text-warn break-words",
        ),
    )


def _source(row: ObjectVar[SourceRow]) -> rx.Component:
    status = rx.match(row.state, *_STATUS_OF.items(), ("waiting", "unknown"), "not_applicable")
    return rx.el.tr(
        row_heading(
            rx.el.span(row.title, class_name="font-medium"),
            rx.cond(row.reason != "", rx.el.p(row.reason, class_name="text-xs text-muted")),
            rx.cond(row.seldom != "", rx.el.p(row.seldom, class_name="text-xs text-muted")),
            _failures(row),
            _surprises(row),
        ),
        cell(status_mark(status=status, word=row.state_word)),
        cell(
            rx.cond(row.received_at > 0, time(row.received_at, "relative"), "never"),
            rx.cond(row.interval != "", rx.el.p(row.interval, class_name="text-xs text-muted")),
            rx.cond(
                row.next_read_at > 0,
                rx.el.p("next in about ", time(row.next_read_at, "until"), class_name="text-xs text-muted"),
            ),
        ),
        cell(row.latency, number=True),
        key=row.name,
        custom_attrs={"data-source": row.name, "data-state": row.state},
        class_name="align-top",
    )


def _failures(row: ObjectVar[SourceRow]) -> rx.Component:
    return rx.cond(
        row.failures > 0,
        rx.el.p(
            rx.cond(row.failures == 1, "1 failure", f"{row.failures} failures in a row"),
            rx.cond(row.failing_since > 0, rx.fragment(" since ", time(row.failing_since, "absolute"))),
            rx.cond(row.next_retry_at > 0, rx.fragment(" · next try in ", time(row.next_retry_at, "until"))),
            class_name="text-xs text-muted",
        ),
    )


def _surprises(row: ObjectVar[SourceRow]) -> rx.Component:
    """Fields of the answer that are not as the contract has them; each is shown as not reported."""
    return rx.cond(
        row.surprises > 0,
        rx.el.details(
            rx.el.summary(
                row.surprises,
                rx.cond(row.surprises == 1, " contract surprise", " contract surprises"),
                class_name="min-h-6 cursor-pointer text-xs text-warn",
            ),
            rx.el.ul(
                rx.foreach(row.surprise_sentences, rx.el.li),
                class_name="list-disc pl-4 text-xs text-muted",
            ),
        ),
    )


def _observed() -> rx.Component:
    """Which figures the backend does not report itself, and where they come from instead."""
    return rx.el.div(
        _stand_ins(_VIEW.observed, "Measured on this dashboard's own calls, which are no users: "),
        _stand_ins(_VIEW.from_metrics, "Not reported as such, computed from the backend's /metrics: "),
        rx.cond(
            _VIEW.requests != "",
            rx.el.p("The backend's /metrics counts requests in ", rx.el.code(_VIEW.requests), "."),
        ),
        rx.cond(
            (_VIEW.observed.length() == 0) & (_VIEW.from_metrics.length() == 0),
            rx.el.p("Everything shown is reported by the backend."),
        ),
        class_name="mt-3 grid gap-1 text-xs text-muted",
    )


def _stand_ins(labels: ArrayVar[tuple[str, ...]], words: str) -> rx.Component:
    return rx.cond(
        labels.length() > 0,
        rx.el.p(icon("eye", 14, "inline mr-1"), words, labels.join(", "), "."),
    )


def _offer(offer: ObjectVar[OfferRow]) -> rx.Component:
    marks = [(key, status_mark(status=status, word=word)) for key, (status, word) in _OFFERS.items()]
    return rx.el.li(
        rx.el.span(offer.title, class_name="font-medium"),
        rx.match(offer.state, *marks, status_mark(status="unknown", word="Unknown")),
        rx.el.p(offer.sentence, class_name="col-span-2 text-xs text-muted"),
        custom_attrs={"data-state": offer.state},
        class_name="grid grid-cols-[1fr_auto] gap-x-3",
    )
