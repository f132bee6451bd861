"""Generating sparse embeddings: one run at a time, which belongs to the server and not to a tab.

A backend may answer only when all is done. Such a request keeps one of the places for calls in flight for no
longer than any other action: then the backend's work goes on whether or not anybody waits for the answer, and
the latencies measured beside it are those that its users have.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any

from ops_dashboard.backend.actions import ACTION_SECONDS, Done, Outcome, Refused, Unknown, post
from ops_dashboard.backend.client import IN_DOUBT, BackendClient
from ops_dashboard.backend.features import SPARSE_GENERATE
from ops_dashboard.domain.actions import Ending
from ops_dashboard.domain.audit import AuditEntry
from ops_dashboard.domain.embeddings.meaning import GENERATING, MEND, ended, lost, started
from ops_dashboard.domain.embeddings.pace import pause
from ops_dashboard.domain.embeddings.progress import Progress
from ops_dashboard.domain.embeddings.run import EmbeddingRun, Generation
from ops_dashboard.domain.rate_limit import Pace
from ops_dashboard.domain.text import NAME_LENGTH, clean
from ops_dashboard.domain.views.embeddings import barred
from ops_dashboard.monitor.actions import ROOM_SECONDS, Asked
from ops_dashboard.monitor.collector import Collector
from ops_dashboard.monitor.embedding_book import EmbeddingBook
from ops_dashboard.monitor.embedding_follow import Follower
from ops_dashboard.monitor.room import NoRoom
from ops_dashboard.storage.database import Database

log = logging.getLogger(__name__)

ANSWER_SECONDS = 4 * 3_600.0
"""How long the answer of a backend is awaited that answers when all is done."""
RECALL_SECONDS = 5.0
"""How long a start waits, just after that of the dashboard, for what was kept of earlier runs."""
LAST_SAVE_SECONDS = 1.0

_NO_ROOM = Refused("busy", "The backend still owes the answers to this dashboard's earlier calls.")
_BROKEN_OFF = "This dashboard was stopped before the answer came; how the run ended is not known."
_OWN_ERROR = "An error in this dashboard, see its log; how the run ended is not known."
_NO_ID = "The backend accepted the run, and gave no id to ask for it: how it ends will not be known."


class EmbeddingRuns:
    """Starts runs, and follows them to their end. Lives on one event loop.

    ``audit`` is told of each when it is over, and of what was not sent; it must return at once.
    Where the database kept a run that an earlier process left under way, that is followed further by its job's
    id; one without is over, and how it ended is not known.
    """

    def __init__(
        self,
        client: BackendClient,
        collector: Collector,
        backend: str,
        audit: Callable[[AuditEntry], None],
    ) -> None:
        self._client = client
        self._collector = collector
        self._audit = audit
        self._book = EmbeddingBook(backend, collector.now, collector.tell)
        self._recalled = asyncio.Event()
        self._pace = Pace(GENERATING.limit)
        self._follower: Follower | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    def generation(self) -> Generation:
        """What is known now."""
        follower, running = self._follower, self._book.running
        followed = follower if follower and running and follower.run.number == running.number else None
        return Generation(
            runs=self._book.runs,
            progress=followed.progress if followed else Progress(),
            unread=followed.unread if followed else None,
            changed_at=self._book.changed_at,
            unkept=self._book.unkept,
        )

    async def start(self, by: str, batch_size: int | None = None, after: int | None = None) -> Asked:
        """Start a run over all resources; returns when it is about to be sent, or why it is not.

        ``batch_size`` is how many the backend is to take at once, or None to let it choose. ``after`` is the
        number of the last run the asker knew of, 0 for none: where there is a newer one nothing is sent.
        """
        with suppress(TimeoutError):
            async with asyncio.timeout(RECALL_SECONDS):
                await self._recalled.wait()
        book, collector = self._book, self._collector
        path = SPARSE_GENERATE.path(collector.capabilities)
        why = barred(collector.snapshot())
        if book.running is not None:
            return self._not_sent(by, GENERATING.already)
        if after is not None and after != max((run.number for run in book.runs), default=0):
            return self._not_sent(by, GENERATING.meanwhile)
        if why or path is None:
            return self._not_sent(by, why)
        if wait := self._pace.take(collector.monotonic()):
            return self._not_sent(by, GENERATING.too_many(wait))
        run = EmbeddingRun(book.number(), clean(by, NAME_LENGTH), collector.now(), batch_size)
        book.show(run)
        self._go(run, self._run(run, path))
        return Asked(True)

    async def attach(self, database: Database) -> None:
        """Keep runs here from now on, and go on with those that an earlier process left under way.

        Raises:
            StorageError: it could not be read.
        """
        for run in await self._book.attach(database):
            if run.job_id:
                self._go(run, self._follow(run))
            else:
                await self._end(run, lost(_BROKEN_OFF))
        self._recalled.set()

    async def detach(self, why: str) -> None:
        """Go on without a database for the time being."""
        self._book.detach(why)
        self._recalled.set()

    @property
    def problem(self) -> str:
        """Why a restart would lose what is known of a run; empty while all is kept."""
        return self._book.unkept

    async def flush(self, within: float) -> None:
        """Save what is not saved yet; for at most so many seconds."""
        await self._book.flush(within)

    async def close(self) -> None:
        """Stop following, as at the end of the process. A run with a job's id is left to be found again."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _go(self, run: EmbeddingRun, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(self._guarded(run, work), name=f"embedding run {run.number}")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _guarded(self, run: EmbeddingRun, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except Exception:
            log.exception("event=unforeseen action=%s", GENERATING.key)
            await self._end(run, lost(_OWN_ERROR))

    async def _run(self, run: EmbeddingRun, path: str) -> None:
        try:
            await self._book.keep(run)
            outcome = await self._send(path, run.batch_size)
        except asyncio.CancelledError:
            with suppress(TimeoutError):
                async with asyncio.timeout(LAST_SAVE_SECONDS):
                    await self._end(run, lost(_BROKEN_OFF))
            raise
        match outcome:
            case Done(body, status):
                await self._answered(run, body, status)
            case Refused(why, sentence):
                await self._end(run, GENERATING.refused(why, sentence))
            case Unknown(sentence, 500):  # it is the backend itself that says so: it failed
                await self._end(run, Ending("failed", sentence.replace(IN_DOUBT, ""), MEND))
            case Unknown(sentence):
                await self._end(run, GENERATING.unknown(sentence))

    async def _answered(self, run: EmbeddingRun, body: object, status: int) -> None:
        after, ending = started(run, body, status, self._collector.now())
        if ending is not None:
            await self._end(after, ending)
        elif after.job_id:
            await self._book.keep(after)
            await self._follow(after)
        else:
            await self._end(after, lost(_NO_ID))

    async def _follow(self, run: EmbeddingRun) -> None:
        follower = self._follower = Follower(self._client, self._collector, run, self._heard)
        ending = await follower.ending()
        await self._end(follower.run, ending)

    async def _heard(self, follower: Follower) -> None:
        """Show what was read; at each quarter it is saved, so that a restart knows about how far it was."""
        run, kept = follower.run, next(r for r in self._book.runs if r.number == follower.run.number)
        if _quarter(run) != _quarter(kept):
            await self._book.keep(run)
        self._collector.tell()

    async def _send(self, path: str, batch_size: int | None) -> Outcome:
        """Send it once. Its place among the calls in flight is given back after :data:`ACTION_SECONDS`."""
        body = {} if batch_size is None else {"batch_size": batch_size}
        sending: asyncio.Task[Outcome] | None = None
        try:
            async with self._collector.room.place(ROOM_SECONDS):
                sending = asyncio.create_task(post(self._client, path, json=body, timeout=ANSWER_SECONDS))
                await asyncio.wait([sending], timeout=ACTION_SECONDS)
                began = self._collector.monotonic() - ACTION_SECONDS
            while not sending.done():  # the estimate moves on with the clock
                self._collector.tell()
                await asyncio.wait([sending], timeout=pause(self._collector.monotonic() - began))
            return sending.result()
        except NoRoom:
            return _NO_ROOM
        finally:
            if sending is not None:
                sending.cancel()

    async def _end(self, run: EmbeddingRun, ending: Ending) -> None:
        now = self._collector.now()
        await self._book.keep(ended(run, ending, now))
        self._note(run.by, ending.state, ending.sentence, now - run.began_at)

    def _not_sent(self, by: str, why: str) -> Asked:
        self._note(clean(by, NAME_LENGTH), "not-sent", why)
        return Asked(False, why)

    def _note(self, by: str, outcome: str, sentence: str, seconds: float = 0.0) -> None:
        log.info(
            "event=action action=%s target='' by=%r outcome=%s seconds=%.2f sentence=%r",
            *(GENERATING.key, by, outcome, seconds, sentence),
        )
        self._audit(AuditEntry(self._collector.now(), by, GENERATING.key, "", outcome, sentence))


def _quarter(run: EmbeddingRun) -> int:
    percent = Progress(run.processed, run.total).percent
    return -1 if percent is None else int(percent // 25)
