"""The task workers."""

from typing import Any

from ops_dashboard.demo.asked import Asked
from ops_dashboard.demo.moments import iso
from ops_dashboard.demo.readings import Readings
from ops_dashboard.demo.simulation import Simulation

_HEARTBEAT_SECONDS = 5.0
_LOST_SECONDS = 412.0
_PREFETCH = 4
_SHARES = (0.27, 0.26, 0.25, 0.22)
"""Each worker's part of all tasks."""


def workers(simulation: Simulation, asked: Asked) -> dict[str, Any]:
    """Workers, the queue, tasks per second, failed tasks since the start, and each worker."""
    del asked
    now = simulation.readings(simulation.now)
    return {
        "timestamp": iso(simulation.now),
        "active_workers": now.active_workers,
        "worker_health": "degraded" if now.stress > 0.3 else "healthy",
        "queue_length": now.queue_length,
        "processing_rate": round(now.processing_rate, 3),
        "failed_tasks": simulation.counted("failed tasks"),
        "workers": [_worker(simulation, now, place) for place in range(now.workers_expected)],
    }


def _worker(simulation: Simulation, now: Readings, place: int) -> dict[str, Any]:
    alive = place < now.active_workers
    seen = (
        simulation.now - (simulation.now + place) % _HEARTBEAT_SECONDS
        if alive
        else simulation.now - _LOST_SECONDS
    )
    return {
        "name": f"worker-{place + 1}",
        "status": "online" if alive else "offline",
        "active_tasks": min(4, now.queue_length // 3 + place % 2) if alive else 0,
        "processed": int(simulation.counted("tasks") * _SHARES[place]),
        "uptime_seconds": round(simulation.now - simulation.started_at) if alive else None,
        "prefetch": _PREFETCH,
        "memory_mb": round(
            180 + 14 * place + 3 * simulation.noise.uniform(f"worker memory {place}", now.queue_length), 1
        ),
        "last_heartbeat": iso(seen),
    }
