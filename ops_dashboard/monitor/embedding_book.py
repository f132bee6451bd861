"""The runs of this deployment, the newest in memory and all in the database while there is one."""

from collections.abc import Callable

from ops_dashboard.domain.embeddings.run import KEPT_RUNS, EmbeddingRun
from ops_dashboard.monitor.writer import Writer
from ops_dashboard.storage.database import Database
from ops_dashboard.storage.embedding_runs import EmbeddingRunStore
from ops_dashboard.storage.errors import StorageError, concerns_one_entry

KEEP_SECONDS = 1.5
"""How long a run waits until it is saved, before it goes on."""


class EmbeddingBook:
    """``tell()`` is called whenever a run is not as it was. ``now()`` gives unix seconds."""

    def __init__(self, backend: str, now: Callable[[], float], tell: Callable[[], None]) -> None:
        self._backend = backend
        self._now = now
        self._tell = tell
        self._runs: dict[int, EmbeddingRun] = {}
        self._unsaved: set[int] = set()
        self._writer = Writer("embedding-run", self._write, self._changed)
        self._attached = False
        self.changed_at = 0.0
        """When a run last changed, unix seconds; 0 until it is known what was kept."""

    @property
    def unkept(self) -> str:
        """Why a restart would lose what is known of a run; empty while all is kept."""
        return self._writer.problem

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
        self._writer.wake()
        await self.flush(KEEP_SECONDS)

    async def flush(self, within: float) -> None:
        """Save what is not saved yet; for at most so many seconds."""
        if self._unsaved:
            await self._writer.saved(within)

    async def attach(self, database: Database) -> tuple[EmbeddingRun, ...]:
        """Save here from now on. Returns the runs that an earlier process left under way.

        Raises:
            StorageError: what was kept could not be read.
        """
        kept = await EmbeddingRunStore(database).newest(self._backend, KEPT_RUNS)
        new = [run for run in kept if run.number not in self._runs]
        if self._attached:
            self._unsaved |= self._runs.keys() - {run.number for run in kept}
        self._attached = True
        self._runs |= {run.number: run for run in new}
        self._writer.attach(database)
        self._changed()
        return tuple(run for run in new if run.state == "running")

    def detach(self, why: str) -> None:
        """Go on without a database for the time being."""
        self._writer.detach(why)
        self._changed()

    async def _write(self, database: Database) -> None:
        store, problem = EmbeddingRunStore(database), ""
        for number in sorted(self._unsaved):
            run = self._runs[number]
            try:
                await store.save(self._backend, run)
            except StorageError as error:
                if not concerns_one_entry(error):
                    raise
                problem = f"The sparse embedding run of {run.by} cannot be saved: {error}"
            else:
                if self._runs.get(number, run) is run:
                    self._unsaved.discard(number)
        if problem:
            raise StorageError(problem)

    def _changed(self) -> None:
        self.changed_at = self._now()
        self._tell()
