"""Follows a run that the backend does by itself: reads its progress until it has ended."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from ops_dashboard.backend.client import BackendClient
from ops_dashboard.backend.errors import BackendError, NotOffered
from ops_dashboard.backend.features import EMBEDDING_JOBS
from ops_dashboard.domain.actions import Ending
from ops_dashboard.domain.embeddings import meaning
from ops_dashboard.domain.embeddings.pace import pause
from ops_dashboard.domain.embeddings.progress import Progress
from ops_dashboard.domain.embeddings.run import EmbeddingRun, Unread
from ops_dashboard.domain.metrics.embeddings import RunReport, read_run
from ops_dashboard.monitor.collector import Collector
from ops_dashboard.monitor.room import NoRoom

log = logging.getLogger(__name__)

READ_SECONDS = 10.0
"""How long a reading may take, and how long it waits for its place among the calls in flight."""
MOST_UNKNOWN = 3
"""So many times in a row the backend may say that there is no such run, until that is believed."""
GIVE_UP_SECONDS = 86_400.0
"""A run whose progress could not be read for so long is no longer followed."""

_NO_CALL = "This backend has no call to report the progress of a sparse embedding run."
_FORGOTTEN = "The backend no longer knows this run, as after a restart; how it ended is not known."
_GIVEN_UP = "Its progress could not be read for a day; how it ended is not known."


class Follower:
    """Follows one run, whose ``job_id`` is known. ``run``, ``progress`` and ``unread`` are what is known of it.

    ``show(follower)`` is called with every news.
    """

    def __init__(
        self,
        client: BackendClient,
        collector: Collector,
        run: EmbeddingRun,
        show: Callable[["Follower"], Awaitable[None]],
    ) -> None:
        self._client = client
        self._collector = collector
        self._show = show
        self.run = run
        self.progress = Progress().read(collector.now(), run.processed, run.total)
        self.unread: Unread | None = None
        # By a clock that nobody sets: a run is not given up because of the time of day.
        self._began = collector.monotonic() - max(0.0, collector.now() - run.began_at)
        self._unread_from = 0.0
        self._unknown = self._failures = 0
        self._pause = pause(0)

    async def ending(self) -> Ending:
        """Read until the run has ended; returns how."""
        while True:
            await asyncio.sleep(self._pause)
            ending = await self._look()
            unread = self._collector.monotonic() - self._unread_from if self.unread else 0.0
            if ending is None and unread > GIVE_UP_SECONDS:
                ending = meaning.lost(_GIVEN_UP)
            if ending is not None:
                return ending
            await self._show(self)

    async def _look(self) -> Ending | None:
        contact = self._collector.snapshot().contact
        if contact.lost:  # one probe is all that the backend is asked then
            self._pause = pause(0)
            return self._missed(f"the backend {contact.reason}", contact.since)
        path = EMBEDDING_JOBS.path(self._collector.capabilities)
        if path is None:
            if self._collector.capabilities.known:
                return meaning.lost(_NO_CALL)
            return self._missed("which calls the backend has is not known yet")
        try:
            return await self._read(path.replace("{job_id}", self.run.job_id))
        except NoRoom:
            return None  # it owes other answers: no news is neither good nor bad
        except BackendError as error:
            return self._failed(error)

    async def _read(self, path: str) -> Ending | None:
        async with self._collector.room.place(READ_SECONDS):
            answer = await self._client.get(path, auth=True, timeout=READ_SECONDS)
        self._pause = pause(self._elapsed, answer.latency)
        report = read_run(answer.body)
        if report == RunReport():
            return self._missed("the backend's answer says nothing of the run")
        self.run = meaning.heard(self.run, report)
        self.progress = self.progress.read(self._collector.now(), report.processed, report.total)
        self.unread = None
        self._unknown = self._failures = 0
        return meaning.ending_of(report, self._elapsed)

    def _failed(self, error: BackendError) -> Ending | None:
        self._failures += 1
        self._pause = pause(self._elapsed, error.latency, self._failures, error.retry_after)
        self._unknown = self._unknown + 1 if isinstance(error, NotOffered) else 0
        if self._unknown >= MOST_UNKNOWN:
            return meaning.lost(_FORGOTTEN)
        return self._missed(f"the backend {error.sentence}")

    def _missed(self, why: str, since: float = 0.0) -> None:
        if self.unread is None:
            log.warning("event=progress-unread job=%r reason=%r", self.run.job_id, why)
            since = since or self._collector.now()
            lasted = max(0.0, self._collector.now() - since)
            self._unread_from = self._collector.monotonic() - lasted
        self.unread = Unread(self.unread.since if self.unread else since, why)

    @property
    def _elapsed(self) -> float:
        return self._collector.monotonic() - self._began
