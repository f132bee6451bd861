"""The runs of this deployment, the newest in memory and all in the database while there is one."""

import asyncio
import logging
from collections.abc import Callable

from ops_dashboard.domain.embeddings.run import KEPT_RUNS, EmbeddingRun
from ops_dashboard.storage.database import Database
from ops_dashboard.storage.embedding_runs import EmbeddingRunStore
from ops_dashboard.storage.errors import StorageError

log = logging.getLogger(__name__)


class EmbeddingBook:
    """``tell()`` is called whenever a run is not as it was. ``now()`` gives unix seconds."""

    def __init__(self, backend: str, now: Callable[[], float], tell: Callable[[], None]) -> None:
        self._backend = backend
        self._now = now
        self._tell = tell
        self._runs: dict[int, EmbeddingRun] = {}
        self._unsaved: set[int] = set()
        self._store: EmbeddingRunStore | None = None
        self._saving = asyncio.Lock()
        self.changed_at = 0.0
        """When a run last changed, unix seconds; 0 until it is known what was kept."""
        self.unkept = ""
        """Why nothing is kept just now; empty while it is."""

    @property
    def runs(self) -> tuple[EmbeddingRun, ...]:
        """The newest runs, the newest first."""
        return tuple(self._runs[number] for number in sorted(self._runs, reverse=True)[:KEPT_RUNS])

    @property
    def running(self) -> EmbeddingRun | None:
        """The run under way, if there is one."""
        return next((run for run in self.runs if run.state == "running"), None)

    def number(self) -> int:
        """A name for a run that begins now: greater than any before, also than those of earlier processes."""
        return max(round(self._now() * 1000), *(number + 1 for number in self._runs), 1)

    def show(self, run: EmbeddingRun) -> None:
        """Let everybody see ``run`` as it is now."""
        self._runs[run.number] = run
        for number in sorted(self._runs)[:-KEPT_RUNS]:
            self._runs.pop(number)
            self._unsaved.discard(number)
        self._changed()

    async def keep(self, run: EmbeddingRun) -> None:
        """Show ``run``, and save it. A database that fails is told to everybody, and costs no more than that."""
        self.show(run)
        self._unsaved.add(run.number)
        if self._store is not None:
            await self._save(self._store)

    async def attach(self, database: Database) -> tuple[EmbeddingRun, ...]:
        """Save here from now on. Returns the runs that an earlier process left under way.

        Raises:
            StorageError: what was kept could not be read.
        """
        store = EmbeddingRunStore(database)
        kept = await store.newest(self._backend, KEPT_RUNS)
        new = [run for run in kept if run.number not in self._runs]
        self._runs |= {run.number: run for run in new}
        self._store = store
        self.unkept = ""
        await self._save(store)
        self._changed()
        return tuple(run for run in new if run.state == "running")

    async def detach(self, why: str) -> None:
        """Go on without a database for the time being."""
        self._store = None
        self.unkept = why
        self._changed()

    async def _save(self, store: EmbeddingRunStore) -> None:
        try:
            async with self._saving:  # so that what is saved last is what is known last
                while self._unsaved:
                    number = min(self._unsaved)
                    run = self._runs[number]
                    await store.save(self._backend, run)
                    if self._runs.get(number, run) is run:
                        self._unsaved.discard(number)
        except StorageError as error:
            log.error("event=embedding-run-not-saved reason=%r", str(error))
            self.unkept = str(error)
            self._changed()
        else:
            if self.unkept:
                self.unkept = ""
                self._changed()

    def _changed(self) -> None:
        self.changed_at = self._now()
        self._tell()
