"""The time range this tab looks at, and what its charts get: once a window each, then ticks."""

from typing import Any

import reflex as rx

from ops_dashboard.domain.series.points import DEFAULT_SPAN, SPANS, Span, is_span
from ops_dashboard.domain.views.chart import ChartView, Mark
from ops_dashboard.domain.views.page import panels_of
from ops_dashboard.monitor.hub import News
from ops_dashboard.monitor.service import monitor
from ops_dashboard.state.access import allowed
from ops_dashboard.state.by_hand import ByHand
from ops_dashboard.state.sections import EngagementState, RecommendationsState

RANGED: dict[str, type[EngagementState] | type[RecommendationsState]] = {
    "engagement": EngagementState,
    "recommendations": RecommendationsState,
}
"""Sections of which the page has one for each time range."""


class ChartsState(ByHand, rx.State):
    """The range lives in the URL, and the browser keeps the last one chosen. The windows themselves come from
    ``/api/history``: no tab holds them here.
    """

    range: str = DEFAULT_SPAN
    kept_range: str = rx.LocalStorage(DEFAULT_SPAN, name="ops.range", sync=False)
    compare: str = rx.LocalStorage("off", name="ops.compare", sync=False)
    tick: rx.Field[dict[str, Any]] = rx.field(default_factory=dict)
    """The newest points of the charts' series, once after each refresh."""
    marks: rx.Field[tuple[Mark, ...]] = rx.field(default_factory=tuple)
    _tab: tuple[str, int] | None = None
    """Whom the monitor counts as looking at the range; nobody before this tab follows."""
    _ticked: tuple[float, int] = (0.0, 0)
    """When the refresh ended that was ticked last, and how much past there was."""
    _opened: tuple[ChartView, ...] = ()
    """The charts of the open sheet."""

    @rx.var
    def is_compared(self) -> bool:
        """Whether the charts show the period before, too."""
        return self.compare == "on"

    @rx.event
    @allowed("viewer")
    def read_url(self) -> None:
        """Take the time range from the address, else the one this browser has kept."""
        if self._is_chosen():
            return
        asked = self.router.url.query_parameters.get("range", "")
        self.range = next((word for word in (asked, self.kept_range) if is_span(word)), DEFAULT_SPAN)
        self._watch()  # the tab may follow already, by the range it had before

    @rx.event
    @allowed("viewer")
    async def choose_range(self, span: str) -> None:
        """Look at another time range; a word that is none changes nothing."""
        if is_span(span):
            self._choose()
            self.range = self.kept_range = span
            self._watch()
            await self._show_ranged(monitor().hub.news)
            self._mark(monitor().hub.news)

    @rx.event
    @allowed("viewer")
    def set_compare(self, on: bool) -> None:
        """Show the period before as a faint line, or no longer."""
        self.compare = "on" if on else "off"

    def _watch(self) -> None:
        """Have the range read from here on, if the tab follows."""
        if self._tab is not None:
            monitor().ranges.watch(self._tab, self._span)

    def _follow(self, tab: tuple[str, int]) -> None:
        """``tab`` follows now; its range is read from here on."""
        self._tab, self._ticked = tab, (0.0, 0)
        self._watch()

    def _open(self, charts: tuple[ChartView, ...], news: News) -> None:
        """Let the charts of a sheet have ticks and marks, too."""
        if charts != self._opened:
            self._opened = charts
            self._mark(news)

    async def _show(self, news: News) -> None:
        """Assign what depends on the range: its sections, and after a refresh the newest points."""
        await self._show_ranged(news)
        shell, history = news.page.shell, monitor().history
        ended = (shell.refreshed_at, history.adopted)
        if ended != self._ticked and not (shell.refreshing and history.adopted == self._ticked[1]):
            self._ticked = ended
            self.tick = history.tick(self._drawn(news), self._span, news.at)
            self._mark(news)

    def _mark(self, news: News) -> None:
        self.marks = monitor().marks(self._drawn(news), news.at - SPANS[self._span])

    def _drawn(self, news: News) -> set[str]:
        """The series of all charts."""
        charts = (chart for panel in panels_of(news.page) for chart in panel.charts)
        return {line.key for chart in (*charts, *self._opened) for line in chart.lines}

    async def _show_ranged(self, news: News) -> None:
        for section, kind in RANGED.items():
            view: Any = getattr(news.page, section).get(self._span)
            state = await self.get_state(kind)
            if view is not None and view != state.view:
                state.view = view

    @property
    def _span(self) -> Span:
        return self.range if is_span(self.range) else DEFAULT_SPAN
