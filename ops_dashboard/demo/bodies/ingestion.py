"""Ingestion: submitting repositories, the edge worker, the jobs."""

from typing import Any

from ops_dashboard.demo.asked import Asked, Refusal
from ops_dashboard.demo.jobs import MAX_QUEUE_SIZE, WORKER, Job
from ops_dashboard.demo.moments import iso, iso_or_none
from ops_dashboard.demo.repo_urls import repository
from ops_dashboard.demo.shaping import shaped
from ops_dashboard.demo.simulation import Simulation

THRESHOLD_SECONDS = 300
_BEAT_SECONDS = 10.0
_LATE_SECONDS = 190.0


def ingest(simulation: Simulation, asked: Asked) -> dict[str, Any]:
    """Queue a repository. Refuses a bad address (400), an offline worker (503), a full queue (429)."""
    try:
        repo = repository(asked.path["repo_url"])
    except ValueError as problem:
        raise Refusal(400, str(problem)) from problem
    return _queued(simulation, repo)


def ingestion_worker(simulation: Simulation, asked: Asked) -> dict[str, Any]:
    """What the edge worker is doing, in free text."""
    del asked
    job = simulation.jobs.running(simulation.now)
    if simulation.jobs.offline_since is not None:
        return {"status": "Offline"}
    if job is None:
        return {"status": "Idle"}
    return {"status": f"Training Graph on {job.repo_url} {job.progress(simulation.now):.0%}"}


def ingestion_heartbeat(simulation: Simulation, asked: Asked) -> dict[str, Any]:
    """When the edge worker was last heard of."""
    del asked
    now, edge = simulation.now, simulation.timeline.current.scenario.edge
    late = _LATE_SECONDS if edge == "degraded" else 0.0
    offline_since = simulation.jobs.offline_since
    seen = now - now % _BEAT_SECONDS - late if offline_since is None else offline_since
    silent = now - seen
    degraded = late > 0.0 or offline_since is not None
    return {
        "state": "offline" if silent > THRESHOLD_SECONDS else "degraded" if degraded else "online",
        "last_seen_unix": round(seen, 3),
        "seconds_since_last_seen": round(silent, 3),
        "threshold_seconds": THRESHOLD_SECONDS,
        "worker_meta": {
            "worker_id": WORKER,
            "version": "1.4.0",
            "embedding_model": "demo-embed-v1",
            "gpu": "demo GPU, 12 GB",
            "last_seen_iso": iso(seen),
        },
    }


def jobs(simulation: Simulation, asked: Asked) -> list[dict[str, Any]]:
    """The newest ``limit`` jobs as a bare list, the last submitted first."""
    limit = asked.integer("limit", 100, 1, 200)
    return [_job(job) for job in simulation.jobs.newest_first(simulation.now)[:limit]]


def job_cancel(simulation: Simulation, asked: Asked) -> dict[str, Any]:
    """End a waiting or running job. Refuses an unknown one (404) and one that has ended (409)."""
    job = _find(simulation, asked)
    if not simulation.jobs.cancel(job, simulation.now):
        raise Refusal(409, f"Job {job.job_id} has already ended: {job.status}")
    return {"status": job.status, "job_id": job.job_id}


def job_retry(simulation: Simulation, asked: Asked) -> dict[str, Any]:
    """Queue the repository of a failed or cancelled job again, as a new job."""
    job = _find(simulation, asked)
    if job.status not in ("failed", "cancelled"):
        raise Refusal(409, f"Job {job.job_id} cannot be retried: {job.status}")
    return {**_queued(simulation, job.repo_url), "retry_of": job.job_id}


def ingestion_health(simulation: Simulation, asked: Asked) -> dict[str, Any]:
    """The services ingestion stands on."""
    del simulation, asked
    return {
        "status": "healthy",
        "services": {"redis": "healthy", "database": "healthy", "vector_store": "healthy"},
    }


def _queued(simulation: Simulation, repo: str) -> dict[str, Any]:
    heartbeat = shaped(simulation, "ingestion_heartbeat", ingestion_heartbeat(simulation, Asked()))
    if isinstance(heartbeat, dict) and heartbeat.get("state") == "offline":
        detail = {
            "error": "edge_worker_offline",
            "message": "The edge worker is offline; the repository was not queued",
            "seconds_since_last_seen": heartbeat.get("seconds_since_last_seen"),
        }
        raise Refusal(503, detail, {"x-pharos-edge-status": "offline"})
    job = simulation.jobs.submit(repo, simulation.now)
    if job is None:
        raise Refusal(
            429, f"Queue is full ({MAX_QUEUE_SIZE} of {MAX_QUEUE_SIZE} jobs waiting)", {"Retry-After": "30"}
        )
    size = simulation.jobs.queue_size(simulation.now)
    return {
        "status": "dispatched",
        "job_id": job.job_id,
        "queue_position": size,
        "queue_size": size,
        "max_queue_size": MAX_QUEUE_SIZE,
        "message": f"Queued {repo}",
    }


def _find(simulation: Simulation, asked: Asked) -> Job:
    job = simulation.jobs.find(asked.path["job_id"], simulation.now)
    if job is None:
        raise Refusal(404, f"There is no job {asked.path['job_id'][:80]!r}")
    return job


def _job(job: Job) -> dict[str, Any]:
    began, ended = job.started_at, job.finished_at
    completed = job.status == "completed"
    files = 40 + job.number * 37 % 900
    return {
        "job_id": job.job_id,
        "repo_url": job.repo_url,
        "status": job.status,
        "submitted_at": iso(job.submitted_at),
        "started_at": iso_or_none(began),
        "finished_at": iso_or_none(ended),
        "duration_seconds": None if began is None or ended is None else round(ended - began, 3),
        "files_processed": files if completed else None,
        "embeddings_generated": files * 11 if completed else None,
        "error": job.error,
        "worker": None if began is None else WORKER,
    }
