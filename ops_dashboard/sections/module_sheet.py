"""One module in detail: its present, its statuses over time, its charts."""

import reflex as rx
from reflex.vars import ObjectVar

from ops_dashboard.domain.status import Status
from ops_dashboard.domain.views.alert_rows import AlertRow
from ops_dashboard.domain.views.figure import Figure
from ops_dashboard.domain.views.status_strip import NO_DATA, Stretch
from ops_dashboard.sections.history_chart import history_chart
from ops_dashboard.sections.time_range import time_range
from ops_dashboard.state.module_sheet import ModuleSheetState
from ops_dashboard.ui.figure import figure
from ops_dashboard.ui.severity import severity_mark
from ops_dashboard.ui.sheet import sheet
from ops_dashboard.ui.status import status_mark
from ops_dashboard.ui.status_strip import status_strip
from ops_dashboard.ui.table import Column, cell, row_heading, table
from ops_dashboard.ui.time import time
from ops_dashboard.ui.trend import trend_line

_VIEW = ModuleSheetState.view
_TILE = ModuleSheetState.view.tile


def module_sheet() -> rx.Component:
    """The sheet "Module <name>"."""
    return sheet(
        rx.Var.create(f"Module {ModuleSheetState.name}"),
        rx.cond(
            _VIEW.known,
            rx.el.div(_present(), _alerts(), _statuses(), _charts(), class_name="grid gap-5"),
            rx.el.p(
                "This backend reports no module of this name, and none is watched.", class_name="text-muted"
            ),
        ),
        open=ModuleSheetState.name != "",
        on_open_change=ModuleSheetState.close,
    )


def _present() -> rx.Component:
    return rx.el.section(
        rx.el.div(
            status_mark(status=_TILE.status, word=_TILE.status_word),
            rx.cond(
                _TILE.at > 0,
                rx.el.span(
                    "last checked ", time(_TILE.at, "both", offset=True), class_name="text-xs text-muted"
                ),
                rx.el.span("never checked", class_name="text-xs text-muted"),
            ),
            class_name="flex flex-wrap items-center gap-x-4 gap-y-1",
        ),
        rx.cond(_TILE.message != "", rx.el.p(_TILE.message, class_name="mt-2 break-words")),
        rx.el.div(
            _figure(_TILE.response),
            _figure(_TILE.errors),
            class_name="mt-3 grid grid-cols-2 gap-4",
        ),
        aria_label="Now",
        custom_attrs={"data-stale-scope": _TILE.display},
    )


def _alerts() -> rx.Component:
    return rx.cond(
        _VIEW.alerts.length() > 0,
        rx.el.section(
            rx.el.h3("Active alerts", class_name="mb-1 text-sm font-semibold"),
            rx.el.ul(rx.foreach(_VIEW.alerts, _alert), class_name="grid gap-1"),
            aria_label="Active alerts of the module",
        ),
    )


def _alert(row: ObjectVar[AlertRow]) -> rx.Component:
    return rx.el.li(
        severity_mark(severity=row.severity, word=row.severity_word),
        rx.el.span(row.message, class_name="min-w-0 break-words"),
        rx.el.span("since ", time(row.since, "both"), class_name="text-xs text-muted"),
        key=row.key,
        class_name="flex flex-wrap items-baseline gap-x-3",
    )


def _figure(shown: ObjectVar[Figure]) -> rx.Component:
    return rx.el.div(
        figure(shown, "md"),
        rx.cond(
            shown.past,
            rx.fragment(
                trend_line(trend=shown.past.trend),
                rx.cond(
                    shown.past.anomaly != "",
                    rx.el.p(
                        "Since ",
                        time(shown.past.anomaly_since, "absolute"),
                        ": ",
                        shown.past.anomaly,
                        class_name="text-xs text-warn",
                    ),
                ),
            ),
        ),
        class_name="grid content-start gap-1",
    )


def _statuses() -> rx.Component:
    return rx.el.section(
        rx.el.div(
            rx.el.h3("Status history", class_name="text-sm font-semibold"),
            time_range(ModuleSheetState.redraw),
            class_name="mb-2 flex flex-wrap items-center justify-between gap-2",
        ),
        status_strip(_VIEW.strip),
        rx.el.div(
            time(_VIEW.start, "absolute"),
            rx.cond(
                _VIEW.healthy != "",
                rx.el.span("healthy ", _VIEW.healthy, " of the time it was read"),
                rx.el.span("not read in this time"),
            ),
            rx.el.span("now"),
            class_name="mt-1 flex justify-between gap-2 text-xs text-muted",
        ),
        rx.el.div(
            table(
                "Latest statuses",
                [Column("Status"), Column("From"), Column("To")],
                rx.foreach(_VIEW.changes, _change),
            ),
            class_name="mt-2",
        ),
        aria_label="Status history",
    )


def _change(stretch: ObjectVar[Stretch]) -> rx.Component:
    mark = rx.cond(
        stretch.status == NO_DATA,
        status_mark(status=Status.UNKNOWN.value, word=stretch.word),
        status_mark(status=stretch.status, word=stretch.word),
    )
    return rx.el.tr(
        row_heading(mark),
        cell(time(stretch.at, "absolute")),
        cell(rx.cond(stretch.until >= _VIEW.end, "now", time(stretch.until, "absolute"))),
        key=stretch.at.to_string(),
    )


def _charts() -> rx.Component:
    return rx.foreach(_VIEW.charts, lambda view: history_chart(view, 160))
