"""The hub: the page as it stands, and the news of it for everyone who waits."""

import asyncio
import secrets
from dataclasses import dataclass, field, fields, replace

from ops_dashboard.domain.alerts.interruption import Interruption
from ops_dashboard.domain.snapshot import Snapshot
from ops_dashboard.domain.views.alerts import AlertsView
from ops_dashboard.domain.views.health import HealthView, under_alerts
from ops_dashboard.domain.views.interruption import interruption_view
from ops_dashboard.domain.views.page import PageView, at_once, page_view
from ops_dashboard.monitor.history import History

BEAT_SECONDS = 9.0
"""Without any change the readers hear from the hub this often; a little under the collector's heartbeat."""


@dataclass(frozen=True, slots=True)
class News:
    """A page and its revision; ``changed`` maps each section to the revision in which it last changed.

    ``at`` is the collector's time, unix seconds: it moves with every beat, also when nothing changed.
    """

    revision: int = 0
    at: float = 0.0
    page: PageView = PageView()
    changed: dict[str, int] = field(default_factory=dict)

    def since(self, revision: int) -> list[str]:
        """The sections that changed after ``revision``."""
        return [section for section, at in self.changed.items() if at > revision]


class Hub:
    """Holds the newest snapshot and page. Lives on one event loop; publishing never waits for readers."""

    def __init__(self, history: History | None = None) -> None:
        self.snapshot = Snapshot()
        self._history = history or History()
        self.news = News()
        self._health = HealthView()
        """The verdict without regard to the open alerts."""
        self._boot = secrets.token_hex(4)
        self._next = asyncio.Event()

    def publish(self, snapshot: Snapshot, quiet: bool) -> PageView:
        """Take in a snapshot, and return its page. Of a quiet one only changed judgements are shown.

        Readers are woken when the page changed, and else by a beat now and then: they must see that we live.
        """
        self.snapshot = snapshot
        before = replace(self.news.page, health=self._health)
        page = self._history.remember(page_view(snapshot, before), snapshot.at)
        shown = at_once(before, page) if quiet else page
        self._health = shown.health
        self._hand_out(replace(shown, health=under_alerts(shown.health, shown.alerts)), snapshot.at)
        return page

    def show_alerts(self, alerts: AlertsView, told: Interruption | None, at: float) -> None:
        """Show the alerts as they are ``at`` (unix seconds), and interrupt people if that is called for."""
        interruption = self.news.page.interruption
        if told:
            interruption = interruption_view(told, at, self._boot, interruption.id + 1)
        health = under_alerts(self._health, alerts)
        self._hand_out(
            replace(self.news.page, alerts=alerts, interruption=interruption, health=health), self.news.at
        )

    def _hand_out(self, page: PageView, at: float) -> None:
        if page == self.news.page:
            page = self.news.page
            if abs(at - self.news.at) < BEAT_SECONDS:
                return  # nobody has to be woken
        revision = self.news.revision + 1
        moved = {
            f.name: revision
            for f in fields(PageView)
            if getattr(page, f.name) != getattr(self.news.page, f.name)
        }
        self.news = News(revision, at, page, self.news.changed | moved)
        self._next.set()
        self._next = asyncio.Event()

    async def after(self, revision: int) -> News:
        """The newest news once it is newer than ``revision``; at once when it already is."""
        while self.news.revision <= revision:
            await self._next.wait()
        return self.news
