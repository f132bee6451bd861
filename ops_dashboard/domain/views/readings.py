"""What of the page has a past: every number on it, and every status, as readings to be kept by key."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from ops_dashboard.domain.views.compared import of_span
from ops_dashboard.domain.views.figure import Figure, Panel
from ops_dashboard.domain.views.modules import Tile
from ops_dashboard.domain.views.page import PageView
from ops_dashboard.domain.views.series_keys import level, series_key, status_key


@dataclass(frozen=True, slots=True)
class Reading:
    """One number as it was read ``at`` (unix seconds), to be expected again after ``every`` seconds."""

    key: str
    at: float
    value: float
    every: float
    counter: bool = False


def page_figures(page: PageView) -> Iterator[Figure]:
    """Every figure of the page, those of a time range under keys of their own; some stand in two places."""
    yield from page.key_metrics
    for section in (getattr(page, name) for name in PageView.__dataclass_fields__):
        if isinstance(section, Panel):
            yield from section.all_figures()
        elif isinstance(section, Mapping):
            for span, panel in section.items():
                yield from (of_span(figure, span) for figure in panel.all_figures())
    for tile in chain(page.modules.tiles, page.modules.components):
        yield from (tile.response, tile.errors)


def readings(page: PageView) -> Iterator[Reading]:
    """What is read now: of figures that have a value, and not of those that are stale."""
    for figure in page_figures(page):
        if figure.display == "value" and figure.value is not None and figure.every:
            yield Reading(series_key(figure), figure.at, figure.value, figure.every, figure.counter)
    for tile in chain(page.modules.tiles, page.modules.components):
        if tile.display == "value":
            yield _of_status(tile)


def _of_status(tile: Tile) -> Reading:
    return Reading(status_key(tile.name), tile.at, level(tile.status), tile.every)
