"""Generating sparse embeddings, asynchronously."""

from typing import Any

from ops_dashboard.demo.asked import Asked, Refusal, invalid
from ops_dashboard.demo.embeddings import Run
from ops_dashboard.demo.moments import iso
from ops_dashboard.demo.simulation import Simulation

_ALL_RESOURCES = 240
_MAX_BATCH = 1_000


def sparse_generate(simulation: Simulation, asked: Asked) -> dict[str, Any]:
    """Start a run over the resources named, or all. Refuses a second one (409) and bad input (422)."""
    total = _total(asked.body, fresh=simulation.is_fresh)
    now = simulation.now
    run = simulation.embeddings.start(now, total, fails=simulation.timeline.stress(now) > 1.1)
    if run is None:
        active = simulation.embeddings.active(now)
        detail = {"message": "A run is already under way", "job_id": active.job_id if active else None}
        raise Refusal(409, detail)
    return {"job_id": run.job_id, "status": run.status(now), "resources_to_process": run.total}


def sparse_job(simulation: Simulation, asked: Asked) -> dict[str, Any]:
    """How far a run has come. Raises Refusal 404 for an unknown one."""
    run = simulation.embeddings.find(asked.path["job_id"])
    if run is None:
        raise Refusal(404, f"There is no run {asked.path['job_id'][:80]!r}")
    return _progress(run, simulation.now)


def _progress(run: Run, now: float) -> dict[str, Any]:
    status = run.status(now)
    return {
        "job_id": run.job_id,
        "status": status,
        "processed": run.processed(now),
        "total": run.total,
        "started_at": iso(run.started_at),
        "finished_at": iso(run.finished_at) if status in ("completed", "failed") else None,
        "error": "The embedding model stopped responding" if status == "failed" else None,
    }


def _total(body: Any, *, fresh: bool) -> int:
    if body is None:
        body = {}
    if not isinstance(body, dict):
        raise invalid(("body",), "Input should be an object", body)
    batch = body.get("batch_size")
    if batch is not None and (type(batch) is not int or not 1 <= batch <= _MAX_BATCH):
        raise invalid(("body", "batch_size"), f"Input should be a whole number from 1 to {_MAX_BATCH}", batch)
    ids = body.get("resource_ids")
    if ids is None:
        return 0 if fresh else _ALL_RESOURCES
    if not isinstance(ids, list) or not all(isinstance(i, str) and i for i in ids):
        raise invalid(("body", "resource_ids"), "Input should be a list of identifiers", ids)
    return len(ids)
