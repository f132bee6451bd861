"""Module health: a tile per module, filtered and sorted as this tab likes."""

import reflex as rx
from reflex.vars import ObjectVar

from ops_dashboard.domain.views.figure import Figure
from ops_dashboard.domain.views.modules import Tile
from ops_dashboard.state.alerts import AlertsState
from ops_dashboard.state.module_sheet import ModuleSheetState
from ops_dashboard.state.modules import ModulesState
from ops_dashboard.ui.anomaly import anomaly_mark
from ops_dashboard.ui.card import OLD_WORDS, freshness_line, section_card
from ops_dashboard.ui.icons import icon
from ops_dashboard.ui.select import select
from ops_dashboard.ui.sparkline import sparkline
from ops_dashboard.ui.status import status_colour, status_icon
from ops_dashboard.ui.time import time
from ops_dashboard.ui.trend import trend_mark

_STATUS_CHOICES = [
    ("all", "all"),
    ("healthy", "healthy"),
    ("degraded", "degraded"),
    ("down", "down"),
    ("unknown", "unknown"),
]
_SORT_CHOICES = [("status", "status"), ("name", "name"), ("response", "response time")]
_GRID = "grid gap-2 grid-cols-[repeat(auto-fill,minmax(min(12.5rem,46%),1fr))]"
_MOST_UNSCROLLED = 40
"""More tiles than this scroll within the card, so that the sections below stay near."""
_EDGES = {"down": "border-crit", "degraded": "border-warn"}


def module_health_list() -> rx.Component:
    """The region "Module health"."""
    return section_card(
        "Module health",
        rx.cond(
            ModulesState.components.length() > 0,
            rx.fragment(
                rx.el.h3("Components", class_name="text-xs text-muted mb-2"),
                rx.el.ul(
                    rx.foreach(ModulesState.components, _component), class_name=_GRID, aria_label="Components"
                ),
                rx.cond(
                    ModulesState.view.more_components > 0,
                    rx.el.p(
                        "and ",
                        ModulesState.view.more_components,
                        " more components",
                        class_name="mt-2 text-xs text-muted",
                    ),
                ),
                rx.el.h3("Modules", class_name="text-xs text-muted mt-4 mb-2"),
            ),
        ),
        rx.cond(
            ModulesState.tiles.length() > 0,
            rx.cond(
                ModulesState.tiles.length() > _MOST_UNSCROLLED,
                rx.el.div(
                    _tiles(),
                    tab_index=0,
                    role="group",
                    aria_label="All modules",
                    class_name="max-h-140 overflow-y-auto p-0.5",
                ),
                _tiles(),
            ),
            rx.el.p(_nothing(), class_name="text-muted"),
        ),
        rx.cond(
            ModulesState.view.more > 0,
            rx.el.p(ModulesState.view.cut, " are shown.", class_name="mt-2 text-xs text-muted"),
        ),
        section_id="modules",
        tools=rx.el.div(
            freshness_line(freshness=ModulesState.view.freshness),
            select("Status", ModulesState.status, _STATUS_CHOICES, ModulesState.choose_status),
            select("Sort by", ModulesState.sort, _SORT_CHOICES, ModulesState.choose_sort),
            class_name="flex flex-wrap items-center justify-end gap-2",
        ),
    )


def _tiles() -> rx.Component:
    return rx.el.ul(rx.foreach(ModulesState.tiles, _module), class_name=_GRID, aria_label="Modules")


def _nothing() -> rx.Var[str]:
    return rx.cond(ModulesState.view.total > 0, "No module has this status.", "No data yet.")


def _tile(tile: ObjectVar[Tile], marks: list[rx.Component], *details: rx.Component) -> rx.Component:
    edge = rx.match(tile.status, *_EDGES.items(), "border-line")
    return rx.el.li(
        rx.el.p(
            status_icon(status=tile.status),
            rx.el.button(
                tile.name,
                type="button",
                title=tile.name,
                on_click=ModuleSheetState.show(tile.name),
                aria_haspopup="dialog",
                # The whole tile is its target; marks that have a tooltip of their own lie above it.
                class_name="min-w-0 truncate text-left font-medium after:absolute after:inset-0",
            ),
            rx.el.span(*marks, class_name="relative ml-auto inline-flex items-center gap-1"),
            class_name="flex min-w-0 items-center gap-1.5",
        ),
        *details,
        key=tile.name,
        data_status=tile.status,
        data_stale_scope=tile.display,
        title=tile.message,
        class_name=[
            "relative grid grid-cols-[minmax(0,1fr)] content-start gap-1 rounded-md border bg-raised px-2.5 py-2"
            " hover:border-line-strong has-focus-visible:outline-2 has-focus-visible:outline-accent",
            edge,
        ],
    )


def _module(tile: ObjectVar[Tile]) -> rx.Component:
    return _tile(
        tile,
        [anomaly_mark(sentence=tile.unusual), _alerts(tile)],
        rx.el.div(
            rx.el.span(tile.status_word, class_name=status_colour(tile.status)),
            _inline(tile.response),
            class_name="flex justify-between gap-2 text-xs",
        ),
        rx.el.div(
            _inline(tile.errors, "errors"),
            rx.cond(tile.response.past, trend_mark(trend=tile.response.past.trend)),
            class_name="flex justify-between gap-2 text-xs text-muted",
        ),
        rx.cond(
            tile.response.past, sparkline(path=tile.response.past.sparkline), rx.el.div(class_name="h-6")
        ),
    )


def _component(tile: ObjectVar[Tile]) -> rx.Component:
    return _tile(
        tile,
        [_alerts(tile)],
        rx.el.p(
            tile.status_word,
            rx.cond(tile.display == "stale", rx.fragment(" at ", time(tile.at, "absolute"))),
            class_name=["text-xs", status_colour(tile.status)],
        ),
        rx.el.p(tile.message, class_name=f"text-xs text-muted line-clamp-2 break-words {OLD_WORDS}"),
    )


def _alerts(tile: ObjectVar[Tile]) -> rx.Component:
    """How many alerts are open about it."""
    count = AlertsState.view.modules[tile.name]
    return rx.cond(
        count,
        rx.el.span(
            icon("bell", 14),
            count,
            rx.el.span(rx.cond(count == 1, " active alert", " active alerts"), class_name="sr-only"),
            title="Active alerts",
            custom_attrs={"data-alerts": count},
            class_name="inline-flex items-center gap-0.5 text-xs text-warn",
        ),
    )


def _observed() -> rx.Component:
    return rx.el.span(
        icon("eye", 12, "inline mr-1"), rx.el.span("observed ", class_name="sr-only"), class_name="text-muted"
    )


def _inline(figure: ObjectVar[Figure], noun: str = "") -> rx.Component:
    """A figure within a tile: the number with its unit, or the words for its absence."""
    return rx.match(
        figure.display,
        ("not_reported", rx.el.span(f"{noun} not reported".strip(), class_name="text-muted")),
        ("not_applicable", rx.el.span("not applicable", class_name="text-muted")),
        ("waiting", rx.el.span("no data yet", class_name="text-muted")),
        rx.el.span(
            rx.cond(figure.origin == "observed", _observed()),
            rx.el.span(figure.text, class_name="font-medium text-fg"),
            f" {figure.unit}{noun}",
            title=f"{figure.exact} {figure.origin_note}",
            class_name="whitespace-nowrap",
        ),
    )
