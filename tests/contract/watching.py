"""One refresh of the whole chain: a served backend, the client, the collector, the hub."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass

from starlette.types import ASGIApp

from ops_dashboard.backend.client import BackendClient
from ops_dashboard.backend.sources import all_sources
from ops_dashboard.domain.modules import WATCHED_MODULES
from ops_dashboard.domain.snapshot import Snapshot
from ops_dashboard.domain.views.page import PageView
from ops_dashboard.monitor.collector import Collector
from ops_dashboard.monitor.hub import Hub
from ops_dashboard.monitor.watch import Watch
from tests.servers import serving

PATIENCE = 20.0


@dataclass(frozen=True, slots=True)
class Seen:
    """What the dashboard knows and shows after a refresh."""

    page: PageView
    snapshot: Snapshot


def watch_once(app: ASGIApp, *, modules: tuple[str, ...] = WATCHED_MODULES) -> Seen:
    """Serve ``app`` on a real socket, refresh once, and give back what there is to see."""
    with serving(app) as url:
        return asyncio.run(_refresh_once(url, modules))


async def _refresh_once(url: str, modules: tuple[str, ...]) -> Seen:
    client, hub = BackendClient(url), Hub()
    watch = Watch(
        "backend", modules, refresh_seconds=600, alert_seconds=0, timeout_seconds=5, load_budget=1_000
    )
    collector = Collector(client, all_sources(modules), watch, hub.publish)
    task = asyncio.create_task(collector.run())
    try:
        async with asyncio.timeout(PATIENCE):
            await collector.refresh()
            while hub.snapshot.refreshing or not hub.snapshot.refreshed_at:
                await hub.after(hub.news.revision)
        return Seen(hub.news.page, hub.snapshot)
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        await client.aclose()
