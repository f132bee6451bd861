"""A monitor with jobs, as the states of ingestion see it, and its actions."""

import asyncio
from collections.abc import Sequence

from ops_dashboard.domain.actions import Ending, Run, RunState
from ops_dashboard.monitor.actions import Asked
from tests.snapshots import NOW
from tests.unit.state.tabs import FakeMonitor

FAILED, RUNNING, WAITING, DONE = "job-1", "job-2", "job-3", "job-4"
JOBS = [
    {"job_id": WAITING, "repo_url": "github.com/acme/waiting", "status": "pending", "submitted_at": NOW - 20},
    {
        "job_id": RUNNING,
        "repo_url": "github.com/acme/running",
        "status": "processing",
        "submitted_at": NOW - 60,
        "started_at": NOW - 30,
    },
    {
        "job_id": FAILED,
        "repo_url": "github.com/acme/failed",
        "status": "failed",
        "submitted_at": NOW - 300,
        "finished_at": NOW - 200,
        "error": "CUDA out of memory",
    },
    {
        "job_id": DONE,
        "repo_url": "github.com/acme/done",
        "status": "completed",
        "submitted_at": NOW - 600,
        "finished_at": NOW - 500,
    },
]


class JobsMonitor(FakeMonitor):
    """Remembers what was asked of it; ``ending`` is how each run ends that it sends."""

    def __init__(self) -> None:
        super().__init__()
        self.actions = self
        self.asked: list[tuple[str, str, str]] = []
        self.ending = Ending("done", "Queued at place 1 of 1.")
        self.answer = Asked(True)
        self.may_answer = asyncio.Event()
        self.may_answer.set()
        self._runs: list[Run] = []

    def runs(self) -> tuple[Run, ...]:
        return tuple(self._runs)

    def key_of(self, job_id: str) -> str:
        rows = self.hub.news.page.ingestion.jobs.rows
        return next(row.key for row in rows if row.id == job_id)

    async def ingest(self, repo: str, by: str) -> Asked:
        return await self._do("ingest", repo, by)

    async def reindex(self, job_key: str, by: str) -> Asked:
        return await self._do("reindex", job_key, by)

    async def cancel(self, job_key: str, by: str, after: int) -> Asked:
        assert after == 0, "no job was acted on before"
        return await self._do("cancel_job", job_key, by)

    async def reindex_failed(self, by: str, keys: Sequence[str]) -> Asked:
        return await self._do("reindex_failed", " ".join(keys), by)

    def ends(self, state: RunState, sentence: str, advice: str = "") -> None:
        self.ending = Ending(state, sentence, advice)

    async def _do(self, action: str, target: str, by: str) -> Asked:
        self.asked.append((action, target, by))
        await self.may_answer.wait()
        if self.answer.sent:
            self._runs.append(Run(action, target, 1, by, self.at, self.at, self.ending))
        return self.answer
