"""The follow loop: one per tab, it hands on what the hub has news of. The only module that pushes."""

import asyncio
from dataclasses import replace

import reflex as rx

from ops_dashboard.domain.metrics.product import ENGAGEMENT, QUALITY, of_range
from ops_dashboard.domain.series.points import SPANS
from ops_dashboard.monitor.hub import News
from ops_dashboard.monitor.service import monitor
from ops_dashboard.state import sections
from ops_dashboard.state.access import allowed
from ops_dashboard.state.alerts import AlertsState
from ops_dashboard.state.charts import ChartsState
from ops_dashboard.state.job_history import JobHistoryState
from ops_dashboard.state.module_sheet import ModuleSheetState
from ops_dashboard.state.modules import ModulesState
from ops_dashboard.state.session import SessionState, is_ended

SECTION_STATES: dict[str, type[rx.State]] = {
    "shell": sections.ShellState,
    "health": sections.HealthState,
    "key_metrics": sections.KeyMetricsState,
    "modules": ModulesState,
    "sources": sections.SourcesState,
    "performance": sections.PerformanceState,
    "database": sections.DatabaseState,
    "events": sections.EventsState,
    "cache": sections.CacheState,
    "workers": sections.WorkersState,
    "models": sections.ModelsState,
    "ingestion": sections.IngestionState,
    "embeddings": sections.EmbeddingsState,
    "alerts": AlertsState,
    "interruption": sections.InterruptionState,
}

ALWAYS_LIVE = frozenset({"shell", "alerts", "interruption"})
"""Sections that go on while the display is paused: an alert, or that the backend is gone, is never hidden."""

LOOKED_AT = {
    "overview": ("health",),
    "modules": ("health",),
    "workers": ("workers",),
    "database": ("database", "db_pool"),
    "performance": ("performance", "prometheus"),
    "events": ("events", "event_history"),
    "cache": ("cache",),
    "models": ("model_health", "ml_health"),
    "engagement": tuple(of_range(ENGAGEMENT, span) for span in SPANS),
    "recommendations": tuple(of_range(QUALITY, span) for span in SPANS),
    "ingestion": ("jobs", "ingestion_worker", "ingestion_heartbeat"),
}
"""What the sections of the page, by their ids, are made of."""


async def _refreshed() -> News:
    """The news of a refresh from now on."""
    hub, collector = monitor().hub, monitor().collector
    await collector.refresh()
    ended, news = collector.now(), hub.news
    while news.at < ended:  # what came last is published a moment later
        news = await hub.after(news.revision)
    return news


class LiveState(rx.State):
    """What this tab follows. ``beat`` is the server's time of the newest news: the browser's watchdog and
    its ages go by it.
    """

    beat: float = 0.0
    auto_refresh: str = rx.LocalStorage("on", name="ops.auto_refresh", sync=False)
    refreshing: bool = False
    _follower: int = 0
    _revision: int = 0

    @rx.var
    def is_live(self) -> bool:
        """False while the display is paused. Collecting and alerts go on all the same."""
        return self.auto_refresh != "off"

    @rx.event(background=True)
    @allowed("viewer")
    async def follow(self) -> None:
        """Send this tab what changes, until it goes. A later follower of the same tab ends this one."""
        hub, tab = monitor().hub, None
        try:
            async with self:
                self._follower += 1
                me, self._revision = self._follower, 0
                tab = (self.router.session.client_token, me)
                (await self.get_state(ChartsState))._follow(tab)
                news = hub.news
                await self._show(news)
                self.beat = monitor().collector.now()  # the newest news may be a while old
            while True:
                news = await hub.after(news.revision)
                async with self:
                    if self._follower != me:
                        return
                    if is_ended(self):
                        (await self.get_state(SessionState)).ended = True
                        return
                    await self._show(news)
                await asyncio.sleep(0)
        finally:
            monitor().ranges.leave(tab)

    @rx.event
    @allowed("viewer")
    async def set_auto_refresh(self, on: bool) -> None:
        """Let the display follow, or hold it still. Following again shows the present at once."""
        self.auto_refresh = "on" if on else "off"
        await self._show(monitor().hub.news)

    @rx.event
    @allowed("viewer")
    def look_at(self, section: str) -> None:
        """A section has come on screen: what it shows is read as soon as is allowed. Other words change nothing."""
        monitor().collector.look_at(LOOKED_AT.get(section, ()))

    @rx.event(background=True)
    @allowed("viewer")
    async def refresh_now(self) -> None:
        """Refresh, or join the refresh under way; a paused display shows the result once."""
        async with self:
            if self.refreshing:
                return
            self.refreshing = True
        news = monitor().hub.news
        try:
            news = await _refreshed()
        finally:
            async with self:
                self.refreshing = False
                await self._show(news, even_if_paused=True)

    async def _show(self, news: News, *, even_if_paused: bool = False) -> None:
        """Assign the sections that changed since this tab was last shown them."""
        self.beat = news.at
        live = self.is_live or even_if_paused or not self._revision
        for section in news.since(self._revision if live else 0):
            if section in SECTION_STATES and (live or section in ALWAYS_LIVE):
                state = await self.get_state(SECTION_STATES[section])
                page = news.page
                state.view = (
                    page.ingestion.without_rows() if section == "ingestion" else getattr(page, section)
                )
        if live:
            (await self.get_state(JobHistoryState))._show(news)
            await (await self.get_state(ModuleSheetState))._show(news)
            await (await self.get_state(ChartsState))._show(news)
            self._revision = news.revision
        else:
            await self._tell_of_actions(news)

    async def _tell_of_actions(self, news: News) -> None:
        """What comes of an action is told also while the display is paused: somebody waits for it."""
        cache, clear = await self.get_state(sections.CacheState), news.page.cache.clear
        if cache.view.clear != clear:
            cache.view = replace(cache.view, clear=clear)
        embeddings = await self.get_state(sections.EmbeddingsState)
        if embeddings.view != news.page.embeddings:
            embeddings.view = news.page.embeddings
        ingestion = await self.get_state(sections.IngestionState)
        told = ingestion.view.told_by(news.page.ingestion.jobs)
        if ingestion.view != told:
            ingestion.view = told
        (await self.get_state(JobHistoryState))._tell(news)
