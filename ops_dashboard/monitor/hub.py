"""The hub: the page as it stands, and the news of it for everyone who waits."""

import asyncio
from dataclasses import dataclass, field, fields

from ops_dashboard.domain.snapshot import Snapshot
from ops_dashboard.domain.views.page import PageView, judgement, page_view
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
        self._next = asyncio.Event()

    def publish(self, snapshot: Snapshot, quiet: bool) -> None:
        """Take in a snapshot. A quiet one leaves the page as it is unless it changes a judgement.

        Readers are woken when the page changed, and else by a beat now and then: they must see that we live.
        """
        self.snapshot = snapshot
        page = self._history.remember(page_view(snapshot, self.news.page), snapshot.at)
        if quiet and judgement(page) == judgement(self.news.page):
            page = self.news.page
        if page == self.news.page and abs(snapshot.at - self.news.at) < BEAT_SECONDS:
            return  # nobody has to be woken
        revision = self.news.revision + 1
        moved = {
            f.name: revision
            for f in fields(PageView)
            if getattr(page, f.name) != getattr(self.news.page, f.name)
        }
        self.news = News(revision, snapshot.at, page, self.news.changed | moved)
        self._next.set()
        self._next = asyncio.Event()

    async def after(self, revision: int) -> News:
        """The newest news once it is newer than ``revision``; at once when it already is."""
        while self.news.revision <= revision:
            await self._next.wait()
        return self.news
