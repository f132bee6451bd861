"""Machine-learning models: whether they are loaded and how they do."""

from dataclasses import dataclass
from typing import Any

from ops_dashboard.demo.asked import Asked
from ops_dashboard.demo.moments import iso
from ops_dashboard.demo.readings import Readings
from ops_dashboard.demo.simulation import Simulation


@dataclass(frozen=True, slots=True)
class _Model:
    inference_ms: float
    memory_mb: float
    every_seconds: float
    exposure: float = 0.3


MODELS = {
    "embedding": _Model(18.0, 1_270.0, 2.0, 1.0),
    "summarizer": _Model(410.0, 2_480.0, 19.0),
    "classifier": _Model(9.5, 438.0, 5.0),
    "ncf": _Model(4.2, 96.0, 8.0),
}
"""Every model, by its name."""


def model_health(simulation: Simulation, asked: Asked) -> dict[str, Any]:
    """Every model's loading state, inference time in ms, memory in MB, error rate in percent, last use."""
    del asked
    now = simulation.readings(simulation.now)
    return {"models": {name: model(name, now) for name in MODELS}}


def ml_health(simulation: Simulation, asked: Asked) -> dict[str, Any]:
    """The models in one word."""
    now = simulation.readings(simulation.now)
    slow = now.stress > 0.8
    return {
        "status": "degraded" if slow else "healthy",
        "timestamp": iso(simulation.now),
        "message": "Embedding inference is slow" if slow else "All models loaded",
        "models_loaded": len(model_health(simulation, asked)["models"]),
    }


def model(name: str, now: Readings) -> dict[str, Any]:
    """What is told of one of :data:`MODELS`."""
    model = MODELS[name]
    felt = now.stress * model.exposure
    drift = now.wander(f"model/{name}")
    return {
        "loaded": True,
        "inference_time_ms": round(model.inference_ms * (1.0 + 0.08 * drift + 2.5 * felt), 2),
        "memory_mb": round(model.memory_mb * (1.0 + 0.02 * drift), 1),
        "error_rate": round(0.12 + 0.05 * drift + 2.4 * felt, 3),
        "last_inference": iso(now.t - now.t % model.every_seconds),
    }
