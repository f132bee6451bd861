"""The event bus."""

from typing import Any
from uuid import UUID

from ops_dashboard.demo.asked import Asked
from ops_dashboard.demo.moments import iso
from ops_dashboard.demo.rates import EVENT_TYPES
from ops_dashboard.demo.simulation import Simulation


def events(simulation: Simulation, asked: Asked) -> dict[str, Any]:
    """Counts since the system's start, delivery times in ms."""
    del asked
    types = {name: simulation.counted(f"event/{name}") for name in EVENT_TYPES}
    failed = simulation.counted("failed deliveries")
    return {
        "timestamp": iso(simulation.now),
        "events_emitted": sum(types.values()),
        "events_received": sum(types.values()) - failed,
        "event_latency_ms": simulation.readings(simulation.now).event_latency.percentiles(),
        "event_types": types,
        "failed_deliveries": failed,
    }


def event_history(simulation: Simulation, asked: Asked) -> list[dict[str, Any]]:
    """The newest ``limit`` events as a bare list, oldest first. They are the ones the counters count."""
    limit = asked.integer("limit", 100, 1, 1_000)
    if simulation.is_fresh:
        return []
    history = sorted(
        (at, name, number)
        for name in EVENT_TYPES
        for at, number in simulation.counters.last(f"event/{name}", simulation.now, limit)
    )
    return [_event(simulation, *event) for event in history[-limit:]]


def _event(simulation: Simulation, at: float, name: str, number: int) -> dict[str, Any]:
    draw = simulation.noise.uniform
    high, low = (int(draw(f"{name}/{half}", number) * 2**64) for half in ("high", "low"))
    return {
        "name": name,
        "timestamp": iso(at),
        "priority": "HIGH" if draw(f"{name}/priority", number) > 0.94 else "NORMAL",
        "correlation_id": str(UUID(int=high << 64 | low, version=4)),
        "data": {f"{name.partition('.')[0]}_id": int(draw(f"{name}/subject", number) * 184_000) + 1},
    }
