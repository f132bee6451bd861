"""What the past of a figure says of its value: trend, anomaly, sparkline."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import get_args

from ops_dashboard.domain.anomaly import ENOUGH, anomaly
from ops_dashboard.domain.series.points import SPANS, Sample, Span, readings
from ops_dashboard.domain.series.store import Store
from ops_dashboard.domain.trend import Trend, trend
from ops_dashboard.domain.units import Unit, quantity
from ops_dashboard.domain.views.figure import Figure, Panel, Past
from ops_dashboard.domain.views.judges import GOOD_WHEN, judge_of
from ops_dashboard.domain.views.modules import Tile
from ops_dashboard.domain.views.page import PageView
from ops_dashboard.domain.views.series_keys import series_key
from ops_dashboard.domain.views.sparkline import sparkline
from ops_dashboard.domain.views.specs import with_value

SPAN = "1h"
"""What trend, anomaly and sparkline look back on, whatever range the charts show; the anomaly on more where
an hour holds too few readings."""
MOST_TILES_DRAWN = 40
"""Beyond so many modules their sparklines would be most of what every tab is sent."""

Remembered = Callable[[Figure], Past | None]
"""The past of a figure; None for one that has none to tell."""


def past_of(figure: Figure, store: Store, now: float) -> Past | None:
    """Judge ``figure`` by what ``store`` holds of it at ``now`` (unix seconds).

    None for what has no value or no judge. Of a counter only its growth is told. A stale figure keeps its
    sparkline, with the gap at its end, but is not judged: nobody knows what it has become.
    """
    if figure.counter:
        return _growth(figure, store)
    judge = judge_of(figure.key)
    if figure.value is None or judge is None:
        return None
    points = store.window(series_key(figure), SPAN, now)
    path = sparkline(points, now - SPANS[SPAN], now)
    if figure.display != "value":
        return Past(Trend(), sparkline=path)
    samples = readings(points)
    span = _span_to_judge_by(figure.every)
    usual = samples if span == SPAN else readings(store.window(series_key(figure), span, now))
    unusual = anomaly(usual, now, judge)
    return Past(
        trend=trend(samples, now, GOOD_WHEN[judge.bad_when], judge.least_change),
        anomaly=unusual.sentence if unusual else "",
        anomaly_since=unusual.since if unusual else 0.0,
        sparkline=path,
    )


def _span_to_judge_by(step: float) -> Span:
    """The shortest span that holds enough readings, one every ``step`` seconds, to know what is usual."""
    for span, seconds in SPANS.items():
        if seconds >= ENOUGH * step:
            return span
    return "7d"


def _growth(figure: Figure, store: Store) -> Past | None:
    newest = store.last(series_key(figure), 1)
    if figure.display != "value" or not newest or newest[-1].at != int(figure.at):  # kept by whole seconds
        return None
    rate = quantity(newest[-1].value, "/s")
    return Past(per_second=newest[-1].value, rate=f"{rate.text} {rate.unit}")


def with_last_known(figure: Figure, last: Callable[[Figure], Sample | None]) -> Figure:
    """``figure``; where it cannot be read, its ``last`` value from before the start, with its time."""
    cannot_be_read = figure.display == "waiting" and figure.note and not figure.at
    unit = next((unit for unit in get_args(Unit) if unit == figure.unit), None)
    sample = last(figure) if cannot_be_read and unit else None
    if sample is None or unit is None:
        return figure
    return with_value(replace(figure, display="stale", at=sample.at), sample.value, unit)


def with_past(
    page: PageView, remembered: Remembered, last: Callable[[Figure], Sample | None] = lambda _: None
) -> PageView:
    """The page, each figure with its past, and with its ``last`` value where it cannot be read.

    Sparklines stay where there is room for them. That is with the key metrics, and with the response times of the
    modules unless there are very many.
    """
    few = len(page.modules.tiles) <= MOST_TILES_DRAWN

    def judged(figure: Figure, *, drawn: bool = False) -> Figure:
        figure = with_last_known(figure, last)
        past = remembered(figure)
        return replace(figure, past=past if drawn or past is None else replace(past, sparkline=""))

    def judged_within(panel: Panel, figure: Figure) -> Figure:
        return judged(figure, drawn=panel.draws(figure))

    def tile(one: Tile) -> Tile:
        response, errors = judged(one.response, drawn=few), judged(one.errors)
        sentences = [figure.past.anomaly for figure in (response, errors) if figure.past]
        return replace(one, response=response, errors=errors, unusual=". ".join(filter(None, sentences)))

    panels = {name: getattr(page, name) for name in PageView.__dataclass_fields__}
    return replace(
        page,
        key_metrics=tuple(judged(figure, drawn=True) for figure in page.key_metrics),
        modules=replace(
            page.modules,
            tiles=tuple(map(tile, page.modules.tiles)),
            components=tuple(map(tile, page.modules.components)),
        ),
        **{
            name: panel.with_each_figure(partial(judged_within, panel))
            for name, panel in panels.items()
            if isinstance(panel, Panel)
        },
    )
