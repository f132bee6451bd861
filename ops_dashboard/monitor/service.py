"""The monitor of this process: client, collector and hub, made from the settings."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from functools import cache, partial
from typing import Any
from urllib.parse import urlsplit

from ops_dashboard.backend.client import BackendClient
from ops_dashboard.backend.sources import all_sources
from ops_dashboard.demo.api import demo_app
from ops_dashboard.demo.simulation import Simulation
from ops_dashboard.demo.transport import DemoTransport
from ops_dashboard.domain.alerts.interruption import Interruption
from ops_dashboard.domain.series.points import Span
from ops_dashboard.domain.series.store import Store
from ops_dashboard.domain.snapshot import Snapshot
from ops_dashboard.domain.views.alerts import AlertsView
from ops_dashboard.domain.views.chart import Mark
from ops_dashboard.domain.views.chart_marks import marks_of
from ops_dashboard.monitor.alert_handling import AlertHandling
from ops_dashboard.monitor.alerts import Alerts
from ops_dashboard.monitor.audit import AuditTrail
from ops_dashboard.monitor.collector import Collector
from ops_dashboard.monitor.embedding_runs import EmbeddingRuns
from ops_dashboard.monitor.history import History
from ops_dashboard.monitor.hub import Hub
from ops_dashboard.monitor.job_actions import JobActions
from ops_dashboard.monitor.keeper import Keeper
from ops_dashboard.monitor.prefill import demo_past
from ops_dashboard.monitor.ranges import WatchedRanges
from ops_dashboard.monitor.supervise import supervise
from ops_dashboard.monitor.vitals import Vitals
from ops_dashboard.monitor.watch import Watch
from ops_dashboard.settings import Settings, settings

DEMO_URL = "http://demo.local"
DEMO_LOAD_BUDGET = 1_000.0
"""The embedded demo has no users whom a call could hold up."""
RECALL_SECONDS = 5.0
DEMO_YOUNGEST_SECONDS = 600.0
"""A demo that pauses for longer begins anew, with a past without a hole."""
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
            load_budget=chosen.load_budget if chosen.backend_url else DEMO_LOAD_BUDGET,
            scenario=self._scenario,
            unsaved=lambda: self._keeper.problem,
            runs=lambda: self.actions.runs(),
            submissions=lambda: self.actions.submissions(),
            embeddings=lambda: self.embeddings.generation(),
        )
        self.collector = Collector(self._client, all_sources(watch.modules), watch, self._publish)
        self.audit = AuditTrail(url, self.collector.tell)
        self.actions = JobActions(self._client, self.collector, self.audit.note)
        self.embeddings = EmbeddingRuns(self._client, self.collector, url, self.audit.note)
        self.ranges = WatchedRanges(self.collector.read_ranges)
        self._started_at = self.collector.now()
        self.alerts = Alerts(url, self.collector.now, self._sparkline, self._show_alerts)
        self.handling = AlertHandling(
            self.alerts, self.collector.now, self.audit.note, self.collector.monotonic
        )
        demo = self.simulation
        self._keeper = Keeper(
            chosen,
            backend=url,
            now=self.collector.now,
            dump=lambda: self.history.store.dump(),
            adopt=self._adopt,
            users=(self.alerts, self.embeddings, self.audit),
            changed=self.collector.tell,
            **({"make_up": partial(demo_past, demo), "youngest": DEMO_YOUNGEST_SECONDS} if demo else {}),
        )

    def _scenario(self) -> str:
        return self.simulation.scenario if self.simulation else ""

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Collect while the context is open."""
        tasks = [
            asyncio.create_task(supervise("collector", self.collector.run), name="collector"),
            asyncio.create_task(supervise("keeper", self._keeper.run), name="keeper"),
            asyncio.create_task(supervise("alerts", self.alerts.run), name="alerts"),
        ]
        try:
            yield
        finally:
            await self.actions.close()
            await self.embeddings.close()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self._client.aclose()

    def _publish(self, snapshot: Snapshot, quiet: bool) -> None:
        self.alerts.feed(snapshot, self.hub.publish(snapshot, quiet), quiet)

    def _show_alerts(self, view: AlertsView, told: Interruption | None) -> None:
        self.hub.show_alerts(view, told, self.collector.now())

    def _sparkline(self, metric: str) -> str:
        return self.history.sparkline(metric, self.collector.now())

    def _adopt(self, store: Store) -> None:
        self.history.adopt(store)
        self.hub.publish(self.collector.snapshot(), quiet=False)

    async def window(self, keys: Sequence[str], span: Span, previous: bool) -> dict[str, Any]:
        """The series with these keys as they are now, see :meth:`History.window`.

        Just after the start it waits a moment for what was saved: a chart that begins without keeps nothing.
        """
        with suppress(TimeoutError):
            async with asyncio.timeout(RECALL_SECONDS):
                await self._keeper.recalled.wait()
        return self.history.window(keys, span, self.collector.now(), previous=previous)

    def marks(self, keys: Iterable[str], after: float) -> tuple[Mark, ...]:
        """The anomalies and incidents of these series that lasted at any time after ``after`` (unix seconds)."""
        restarts = tuple(at for at in self.hub.snapshot.restarts if at > after)
        return marks_of(keys, self.history.anomalies.episodes(after), self.alerts.marks(after), restarts)

    def vitals(self) -> Vitals:
        """How the dashboard itself is. Nothing is read or asked for."""
        known, store = self._keeper.recalled.is_set(), self.history.store
        return Vitals(
            started_at=self._started_at,
            snapshot=self.hub.snapshot,
            requests=self._client.requests,
            tabs=self.ranges.tabs,
            open=self.alerts.tally.open,
            opened=self.alerts.tally.opened,
            actions=self.audit.noted,
            audit_waiting=self.audit.waiting,
            unsaved=bool(self._keeper.problem) if known else None,
            series=len(store),
            series_bytes=store.size,
        )

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
