"""One module in detail: its present, its statuses over the time range, its charts."""

from collections.abc import Sequence
from dataclasses import dataclass

from ops_dashboard.domain.series.points import SPANS, Gap, Point, Span
from ops_dashboard.domain.series.store import Store
from ops_dashboard.domain.units import quantity
from ops_dashboard.domain.views.alert_places import is_about_module
from ops_dashboard.domain.views.alert_rows import AlertRow
from ops_dashboard.domain.views.alerts import active_rows
from ops_dashboard.domain.views.chart import ChartView
from ops_dashboard.domain.views.charts import module_charts
from ops_dashboard.domain.views.modules import Tile
from ops_dashboard.domain.views.page import PageView
from ops_dashboard.domain.views.series_keys import status_key
from ops_dashboard.domain.views.status_strip import NO_DATA, Stretch, status_strip

MOST_CHANGES = 10


@dataclass(frozen=True, slots=True)
class ModuleSheet:
    """What the sheet of a module shows. ``known`` is False when the page knows no such module."""

    name: str = ""
    known: bool = False
    tile: Tile = Tile("")
    charts: tuple[ChartView, ...] = ()
    strip: tuple[Stretch, ...] = ()
    alerts: tuple[AlertRow, ...] = ()
    """Those that are active about it."""
    changes: tuple[Stretch, ...] = ()
    """The latest stretches, newest first."""
    healthy: str = ""
    """Share of the time with data, of the range, in which it was healthy, in words; empty without any."""
    start: float = 0.0
    end: float = 0.0
    """The time range, unix seconds."""


def module_sheet(name: str, page: PageView, store: Store, span: Span, now: float) -> ModuleSheet:
    """The sheet of the module or component ``name`` of ``page`` at ``now``, over ``span``."""
    modules = page.modules
    tile = next((t for t in (*modules.tiles, *modules.components) if t.name == name), None)
    if tile is None:
        return ModuleSheet(name=name)
    start = now - SPANS[span]
    points, step = store.window(status_key(name), span, now), store.interval(span)
    strip = status_strip(points, step, start, now, _known_until(tile, points, step, now))
    return ModuleSheet(
        name=name,
        known=True,
        tile=tile,
        charts=module_charts(tile),
        strip=strip,
        alerts=tuple(
            row for row in active_rows(page.alerts) if is_about_module(row.rule_id, row.target, name)
        ),
        changes=tuple(reversed(strip[-MOST_CHANGES:])),
        healthy=_healthy(strip),
        start=start,
        end=now,
    )


def _known_until(tile: Tile, points: Sequence[Point | Gap], step: float, now: float) -> float:
    """Until when the last status holds: while it is not stale, until now; then it ended when it was read."""
    if tile.display == "value":
        return now
    return tile.at or (points[-1].at + step if points else 0.0)


def _healthy(strip: tuple[Stretch, ...]) -> str:
    known = [s for s in strip if s.status != NO_DATA]
    total = sum(s.until - s.at for s in known)
    healthy = sum(s.until - s.at for s in known if s.status == "healthy")
    return f"{quantity(100 * healthy / total, '%').text} %" if total else ""
