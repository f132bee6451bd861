"""The monitor of this process: client, collector and hub, made from the settings."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import cache
from urllib.parse import urlsplit

from ops_dashboard.backend.client import BackendClient
from ops_dashboard.backend.sources import all_sources
from ops_dashboard.demo.api import demo_app
from ops_dashboard.demo.simulation import Simulation
from ops_dashboard.demo.transport import DemoTransport
from ops_dashboard.monitor.collector import Collector, Watch
from ops_dashboard.monitor.history import History
from ops_dashboard.monitor.hub import Hub
from ops_dashboard.monitor.supervise import supervise
from ops_dashboard.settings import Settings, settings

DEMO_URL = "http://demo.local"
READY_INTERVALS = 2


class Monitor:
    """Everything that watches one backend. ``simulation`` is None unless the demo is embedded."""

    def __init__(self, chosen: Settings) -> None:
        self.history = History()
        self.hub = Hub(self.history)
        self.simulation: Simulation | None = None
        transport = None
        if chosen.backend_url is None:
            demo = demo_app(seed=chosen.demo_seed, scenario=chosen.demo_scenario)
            self.simulation = demo.state.simulation
            transport = DemoTransport(demo)
        url = chosen.backend_url or DEMO_URL
        self._client = BackendClient(url, chosen.backend_token, transport=transport)
        watch = Watch(
            backend=urlsplit(url).netloc,
            modules=tuple(chosen.modules),
            refresh_seconds=chosen.refresh_seconds,
            alert_seconds=chosen.alert_seconds,
            timeout_seconds=chosen.timeout_seconds,
            scenario=self._scenario,
        )
        self.collector = Collector(self._client, all_sources(watch.modules), watch, self.hub.publish)

    def _scenario(self) -> str:
        return self.simulation.scenario if self.simulation else ""

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Collect while the context is open."""
        task = asyncio.create_task(supervise("collector", self.collector.run), name="collector")
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
            await self._client.aclose()

    def ready(self) -> tuple[bool, str]:
        """Whether any source was read within two refresh intervals, and why not."""
        snapshot = self.hub.snapshot
        now = self.collector.now()
        newest = max((s.received_at for s in snapshot.sources.values()), default=0.0)
        if newest and now - newest <= READY_INTERVALS * snapshot.refresh_seconds:
            return True, ""
        why = snapshot.contact.reason or self.hub.news.page.shell.banner.reason
        return False, f"no source was read lately: {why or 'the first answers are awaited'}"


@cache
def monitor() -> Monitor:
    """The one monitor of this process.

    Raises:
        SettingsError: a setting has a value that is not accepted.
    """
    return Monitor(settings())
