"""Backends with ingestion jobs, and what is seen and asked of them."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from ops_dashboard.backend.errors import EdgeOffline, RateLimited, TimedOut
from ops_dashboard.domain.views.jobs import JobRow, JobsView
from ops_dashboard.monitor.actions import Asked
from tests.unit.monitor.world import World

INGEST = "/api/v1/ingestion/ingest/{repo_url}"
CANCEL = "/api/v1/ingestion/jobs/{job_id}/cancel"
RETRY = "/api/v1/ingestion/jobs/{job_id}/retry"
NEW = "POST /api/v1/ingestion/ingest/github.com/acme/new"
TAKEN = {"status": "dispatched", "queue_position": 3, "queue_size": 3, "max_queue_size": 10}
SENT = Asked(True)
FULL = RateLimited(
    "asks for fewer calls (HTTP 429)", status=429, detail="Queue is full (10 of 10 jobs waiting)"
)
OFFLINE = EdgeOffline(
    "has no edge worker that is online (HTTP 503)", status=503, detail="Edge Worker Offline"
)
LATE = TimedOut("gave no answer within 15 s", outcome_unknown=True)


def offered(*paths: str) -> dict[str, Any]:
    return {"paths": {path: {"post": {}} for path in paths}}


def job(number: int, status: str, repo: str | None = None) -> dict[str, Any]:
    return {"job_id": f"j{number}", "repo_url": repo or f"github.com/acme/r{number}", "status": status}


JOBS = [job(5, "pending"), job(4, "processing"), job(3, "failed"), job(2, "failed"), job(1, "completed")]


def post(number: int, what: str) -> str:
    return f"POST /api/v1/ingestion/jobs/j{number}/{what}"


def settled(world: World) -> World:
    """A collector after its first refresh of a backend that offers everything about jobs."""
    world.client.bodies |= {"openapi": offered(INGEST, CANCEL, RETRY), "jobs": JOBS, NEW: TAKEN}
    world.start()
    world.until(lambda: world.snapshot.refreshed_at)
    return world


def jobs(world: World) -> JobsView:
    """What every tab is shown."""
    world.run(0.3)
    return world.hub.news.page.ingestion.jobs


def row(world: World, number: int) -> JobRow:
    return next(row for row in jobs(world).rows if row.id == f"j{number}")


def asked(world: World, *asking: Coroutine[Any, Any, Asked]) -> list[Asked]:
    """What these askers are told, who ask at once."""

    async def together() -> list[Asked]:
        return list(await asyncio.gather(*asking))

    return world.loop.run_until_complete(together())
