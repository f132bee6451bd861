"""Processes of the dashboard that judge pages of the test's making, at a clock moved by hand, on a real database."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import Any

from ops_dashboard.domain.alerts.history import Filter, IncidentDetail, IncidentRow
from ops_dashboard.domain.alerts.interruption import Interruption
from ops_dashboard.domain.snapshot import Contact, Snapshot
from ops_dashboard.domain.views.alert_rows import AlertRow
from ops_dashboard.domain.views.alerts import AlertsView
from ops_dashboard.domain.views.page import PageView, page_view
from ops_dashboard.monitor.alert_answers import Action, Answer
from ops_dashboard.monitor.alert_poll import Poll
from ops_dashboard.monitor.alerts import Alerts
from ops_dashboard.storage.database import Database
from ops_dashboard.storage.incidents import IncidentStore
from tests.bodies import demo_bodies
from tests.snapshots import NOW, read, snapshot

BACKEND = "http://backend:80"
ERRORS = "error_rate|"
ME = "ana"
GOOD = {**demo_bodies(), "jobs": []}  # the demo's jobs are those of another day
_READ = {name: read(name, body) for name, body in GOOD.items()}
FINE, WARNING, CRITICAL = 1.0, 7.0, 12.0
"""Error rates in percent."""


@dataclass
class Time:
    """The time that all processes have."""

    now: float = NOW

    def __call__(self) -> float:
        return self.now


class CountedAlerts(Alerts):
    """Alerts that tell how many pages they have judged."""

    fed = judged = 0

    def feed(self, snapshot: Snapshot, page: PageView, quiet: bool) -> None:
        self.fed += 1
        super().feed(snapshot, page, quiet)

    def _judge(self, poll: Poll) -> None:
        super()._judge(poll)
        self.judged += 1

    @property
    def busy(self) -> bool:
        return self._memory.writer.busy


@dataclass
class Process:
    """One process: what its alerts showed and announced, in order."""

    time: Time
    backend: str = BACKEND
    views: list[AlertsView] = field(default_factory=list)
    told: list[Interruption] = field(default_factory=list)
    log: list[str] = field(default_factory=list)
    """The word ``shown`` for each view; a test may add what else is to be seen in its order."""

    def __post_init__(self) -> None:
        self.alerts = CountedAlerts(self.backend, self.time, lambda metric: "", self._show)

    def _show(self, view: AlertsView, told: Interruption | None) -> None:
        self.views.append(view)
        self.log.append("shown")
        if told is not None:
            self.told.append(told)

    def feed(
        self,
        error_rate: float | None = FINE,
        *,
        after: float = 1.0,
        quiet: bool = True,
        contact: Contact | None = None,
        monotonic: float | None = None,
        **bodies: Any,
    ) -> None:
        """A page with this error rate, read ``after`` seconds later; None for one that could not be read.

        Without ``contact`` the backend answers. ``bodies`` take the place of those of a healthy backend.
        """
        self.time.now += after
        at = self.time.now
        performance = {**GOOD["performance"], "error_rate": FINE if error_rate is None else error_rate}
        changed = {name: read(name, body) for name, body in {"performance": performance, **bodies}.items()}
        states = [replace(state, received_at=at, last_attempt=at) for state in {**_READ, **changed}.values()]
        if error_rate is None:
            states = [replace(s, received_at=at - 600) if s.name == "performance" else s for s in states]
        known = snapshot(
            states=states, at=at, refreshed_at=at, contact=contact or Contact(), monotonic=monotonic
        )
        self.alerts.feed(known, page_view(known, PageView()), quiet)

    async def sees(self, *error_rates: float | None, **given: Any) -> None:
        """Pages with these error rates, each judged before the next is made; see :meth:`feed`."""
        for rate in error_rates or (FINE,):
            self.feed(rate, **given)
            await self.settled()

    async def settled(self) -> None:
        """Wait until all that was fed is judged, and written if it can be."""
        await until(lambda: self.alerts.judged == self.alerts.fed and not self.alerts.busy)

    async def act(self, action: Action, key: str = ERRORS, incident: int | None = None, **how: Any) -> Answer:
        """Do something about the alert of ``key``, as its row here says."""
        number = self.row(key).id if incident is None else incident
        return await self.alerts.act(action, key, number, how.pop("by", ME), **how)

    @property
    def view(self) -> AlertsView:
        """What is shown."""
        return self.views[-1]

    @property
    def rows(self) -> dict[str, AlertRow]:
        """All rows shown, by key."""
        shown = (row for group in self.view.groups for row in group.rows)
        return {row.key: row for row in (*shown, *self.view.dismissed)}

    def row(self, key: str = ERRORS) -> AlertRow:
        """The row of one alert."""
        return self.rows[key]


@asynccontextmanager
async def process(
    time: Time, database: Database | None = None, backend: str = BACKEND
) -> AsyncIterator[Process]:
    """A process at work, with its database if it is given one. It ends as if killed: nothing is flushed."""
    started = Process(time, backend)
    task = asyncio.create_task(started.alerts.run())
    try:
        if database is not None:
            await started.alerts.attach(database)
            await until(lambda: not started.alerts.busy)
        yield started
    finally:
        await started.alerts.detach("It is killed.")
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def until(condition: Callable[[], object]) -> None:
    """Wait for something to come to pass."""
    async with asyncio.timeout(20):
        while not condition():
            await asyncio.sleep(0.001)


async def incidents(database: Database, backend: str = BACKEND) -> tuple[IncidentRow, ...]:
    """What the database holds, oldest first."""
    page = await IncidentStore(database).history(backend, Filter(), 0, 1_000)
    return page.rows[::-1]


async def details(database: Database, backend: str = BACKEND) -> list[IncidentDetail]:
    """The same with what happened to each."""
    found = [await IncidentStore(database).incident(row.id) for row in await incidents(database, backend)]
    return [detail for detail in found if detail is not None]


def kinds(found: Iterable[IncidentDetail]) -> list[list[str]]:
    """What happened to each incident, in words."""
    return [[transition.kind for transition in detail.transitions] for detail in found]
