"""Steering ingestion on a real socket: what is asked for arrives, and the page shows what came of it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from ops_dashboard.backend.client import BackendClient
from ops_dashboard.demo.api import demo_app
from ops_dashboard.demo.jobs import MAX_QUEUE_SIZE, JobBoard
from ops_dashboard.demo.simulation import Simulation
from ops_dashboard.domain.actions import Ending
from ops_dashboard.domain.audit import AuditEntry
from ops_dashboard.domain.views.jobs import JobRow
from ops_dashboard.monitor.actions import Asked
from ops_dashboard.monitor.job_actions import JobActions
from tests.integration.watched import Watched, watching
from tests.servers import running

SENT = Asked(True)
NOW = 1_800_000_000.0


@dataclass
class Steered:
    """A demo backend whose clock stands still, a collector that watches it, and the actions on it."""

    simulation: Simulation
    seen: Watched
    actions: JobActions
    audit: list[AuditEntry]

    @property
    def board(self) -> JobBoard:
        return self.simulation.jobs

    @property
    def rows(self) -> dict[str, JobRow]:
        """The rows of the page by job id."""
        return {row.id: row for row in self.seen.page.ingestion.jobs.rows}

    async def shown(self, job_id: str) -> None:
        """Read the history, and wait until the page shows the job as the board has it."""
        self.seen.collector.read_again("jobs")
        job = self.board.find(job_id, NOW)
        assert job is not None
        await self.seen.until(lambda: job_id in self.rows and self.rows[job_id].status == job.status)

    def ending(self) -> Ending:
        """How the newest run ended."""
        return self.actions.runs()[-1].ending


@asynccontextmanager
async def steered() -> AsyncIterator[Steered]:
    app = demo_app(scenario="healthy", clock=lambda: NOW)
    simulation: Simulation = app.state.simulation
    async with running(app) as url, watching(url) as seen:
        client, audit = BackendClient(url), []
        try:
            await seen.first_refresh()
            yield Steered(simulation, seen, JobActions(client, seen.collector, audit.append), audit)
        finally:
            await client.aclose()


async def test_a_repository_is_queued_and_appears_in_the_history() -> None:
    async with steered() as it:
        waiting = it.board.queue_size(NOW)
        asked = await it.actions.ingest("https://git.acme.example:8443/a_b/c.d~e+f.git", "ana")
        assert asked == SENT
        assert it.ending().sentence.startswith(f"Queued at position {waiting + 1}; ")
        newest = it.board.newest_first(NOW)[0]
        assert newest.repo_url == "git.acme.example:8443/a_b/c.d~e+f"
        await it.seen.until(lambda: newest.job_id in it.rows)


async def test_a_full_queue_is_told_with_its_size() -> None:
    async with steered() as it:
        while it.board.submit("github.com/acme/filler", NOW):
            pass
        await it.actions.ingest("github.com/acme/core", "ana")
        ending = it.ending()
        assert (ending.state, ending.why, ending.queue_limit) == ("failed", "rate_limited", MAX_QUEUE_SIZE)


async def test_an_edge_worker_that_is_offline_is_told_as_such() -> None:
    async with steered() as it:
        it.simulation.overrides["ingestion_heartbeat.state"] = "offline"
        await it.actions.ingest("github.com/acme/core", "ana")
        assert (it.ending().state, it.ending().why) == ("failed", "edge_offline")


async def test_a_waiting_job_is_cancelled_and_the_history_says_so() -> None:
    async with steered() as it:
        job = it.board.submit("github.com/acme/core", NOW)
        assert job is not None
        await it.shown(job.job_id)
        row = it.rows[job.job_id]
        assert await it.actions.cancel(row.key, "ana") == SENT
        assert it.ending().sentence == "The backend has cancelled it."
        await it.seen.until(lambda: it.rows[job.job_id].status == "cancelled")
        assert not (await it.actions.cancel(row.key, "ben")).sent


async def test_a_failed_job_is_indexed_again_and_appears_as_a_new_one() -> None:
    async with steered() as it:
        job = it.board.submit("github.com/acme/fails", NOW)
        assert job is not None
        job.status, job.finished_at = "failed", NOW
        await it.shown(job.job_id)
        assert it.rows[job.job_id].reindex == ""
        assert await it.actions.reindex(it.rows[job.job_id].key, "ana") == SENT
        again = it.board.newest_first(NOW)[0]
        assert (again.repo_url, again.number) == ("github.com/acme/fails", job.number + 1)
        await it.seen.until(lambda: again.job_id in it.rows)


async def test_a_job_that_ended_meanwhile_is_not_cancelled_and_the_answer_says_why() -> None:
    async with steered() as it:
        job = it.board.submit("github.com/acme/core", NOW)
        assert job is not None
        await it.shown(job.job_id)
        job.status, job.finished_at = "completed", NOW
        assert await it.actions.cancel(it.rows[job.job_id].key, "ana") == SENT
        assert it.ending().state == "failed" and "has already ended: completed" in it.ending().sentence
        assert [(one.action, one.outcome) for one in it.audit] == [("cancel_job", "failed")]


async def test_all_failed_jobs_are_queued_again_until_the_queue_is_full() -> None:
    async with steered() as it:
        for number in range(MAX_QUEUE_SIZE + 3):
            job = it.board.submit(f"github.com/acme/fails{number}", NOW)
            assert job is not None
            job.status, job.finished_at = "failed", NOW
        await it.shown(f"job-{it.board.newest_first(NOW)[0].number:05d}")
        room = MAX_QUEUE_SIZE - it.board.queue_size(NOW)
        assert await it.actions.reindex_failed("ana") == SENT
        assert it.board.queue_size(NOW) == MAX_QUEUE_SIZE
        ending = it.ending()
        assert (ending.state, ending.why) == ("failed", "rate_limited")
        assert ending.sentence.startswith(f"{room} of ") and "not tried any more" in ending.sentence
