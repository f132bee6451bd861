"""The whole monitor over a real backend and a real database: collector, alerts and hub as they are served."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from ops_dashboard.domain.alerts.history import Filter, IncidentDetail
from ops_dashboard.domain.views.alert_rows import AlertRow
from ops_dashboard.domain.views.interruption import InterruptionView
from ops_dashboard.monitor.service import Monitor
from ops_dashboard.settings import Settings

PATIENCE = 30.0


@dataclass
class Alerting:
    """A monitor at work, and the interruptions that its tabs were handed."""

    monitor: Monitor
    told: list[InterruptionView]

    @property
    def rows(self) -> dict[str, AlertRow]:
        """The alerts as every tab is shown them, by key."""
        shown = (row for group in self.monitor.hub.news.page.alerts.groups for row in group.rows)
        return {row.key: row for row in shown}

    async def until(self, true: Callable[[], object]) -> None:
        """Wait for a condition; raises TimeoutError when it does not come."""
        async with asyncio.timeout(PATIENCE):
            while not true():
                await asyncio.sleep(0.005)

    async def history(self) -> list[IncidentDetail]:
        """All that the database holds of incidents, oldest first, once what waits is written."""
        await self.monitor.alerts.flush(PATIENCE)
        page = await self.monitor.alerts.history(Filter(), 0, 100)
        found = [await self.monitor.alerts.incident(row.id) for row in page.rows]
        return [detail for detail in found if detail is not None][::-1]


@asynccontextmanager
async def alerting(url: str, folder: Path, **settings: Any) -> AsyncIterator[Alerting]:
    """Watch the backend at ``url``, quickly, with the database in ``folder``, once it was read."""
    chosen = Settings(
        backend_url=url,
        data_dir=folder,
        **{"database_url": None, "alert_seconds": 0.2, "refresh_seconds": 5, **settings},
    )
    monitor, told = Monitor(chosen), []

    async def follow() -> None:
        news = monitor.hub.news
        while True:
            news = await monitor.hub.after(news.revision)
            if news.page.interruption.id and news.page.interruption not in told:
                told.append(news.page.interruption)

    async with monitor.running():
        follower = asyncio.create_task(follow())
        seen = Alerting(monitor, told)
        await seen.until(lambda: monitor.hub.snapshot.refreshed_at and monitor.hub.news.page.alerts.sentence)
        yield seen
        follower.cancel()


async def control(url: str, order: dict[str, Any]) -> None:
    """Give the demo an order, as a person at its control does."""
    async with httpx.AsyncClient(base_url=url) as client:
        (await client.post("/demo/control", json=order)).raise_for_status()
