"""Pages of a few figures, to be remembered at moments of the test's choosing."""

from collections.abc import Iterable
from typing import Any

from ops_dashboard.domain.views.figure import Figure
from ops_dashboard.domain.views.modules import ModulesView, Tile
from ops_dashboard.domain.views.page import PageView
from ops_dashboard.monitor.history import History
from tests.snapshots import NOW

P95 = "performance.p95"


def figure(value: Any, at: float = NOW, key: str = P95, **more: Any) -> Figure:
    """A figure that is shown with a value."""
    return Figure(
        key, key, **{"display": "value", "text": "?", "value": value, "at": at, "every": 30.0, **more}
    )


def counter(value: Any, at: float = NOW) -> Figure:
    """A figure that counts."""
    return figure(value, at, "cache.hits", counter=True)


def page_of(*figures: Figure) -> PageView:
    """A page with these key metrics."""
    return PageView(key_metrics=figures)


def module_page(names: Iterable[str], at: float = NOW) -> PageView:
    """A page with a tile for each module."""
    tiles = (
        Tile(
            name,
            "healthy",
            display="value",
            response=figure(5.0, at, f"modules.{name}.response_time_ms"),
            errors=figure(0.0, at, f"modules.{name}.error_count"),
            at=at,
            every=30.0,
        )
        for name in names
    )
    return PageView(modules=ModulesView(tiles=tuple(tiles)))


def remembered(*figures: Figure) -> History:
    """A history of one figure after the other, each remembered when it was read."""
    history = History()
    for one in figures:
        history.remember(page_of(one), one.at)
    return history
