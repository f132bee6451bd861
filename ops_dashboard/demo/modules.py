"""The thirteen modules of the demo backend and what sets them apart."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Module:
    """One module. ``share`` is its part of all requests, ``exposure`` how much an incident hurts it."""

    base_ms: float
    share: float
    exposure: float = 0.05


MODULES = {
    "annotations": Module(38.0, 0.08),
    "auth": Module(22.0, 0.14),
    "authority": Module(45.0, 0.04),
    "collections": Module(41.0, 0.09),
    "graph": Module(118.0, 0.07, 0.4),
    "mcp": Module(64.0, 0.04),
    "monitoring": Module(14.0, 0.05),
    "planning": Module(205.0, 0.02),
    "quality": Module(87.0, 0.05),
    "resources": Module(54.0, 0.17, 0.2),
    "scholarly": Module(96.0, 0.04),
    "search": Module(136.0, 0.17, 1.0),
    "ingestion": Module(76.0, 0.04, 0.5),
}
_EXPOSED = sum(module.exposure for module in MODULES.values())

DOWN_AT, DEGRADED_AT = 1.1, 0.3
"""From how much suffering (stress times exposure) a module calls itself down or degraded."""


def errors_due(module: Module, everyday: float, incident: float) -> int:
    """This module's part of the everyday errors (by share) and of an incident's (by exposure)."""
    return round(everyday * module.share + incident * module.exposure / _EXPOSED)


def module_status(module: Module, stress: float) -> str:
    """The word the module reports about itself under that stress."""
    felt = stress * module.exposure
    return "down" if felt >= DOWN_AT else "degraded" if felt >= DEGRADED_AT else "healthy"


def module_response_ms(module: Module, stress: float, daily: float, wander: float) -> float:
    """Mean response time in ms; ``daily`` 0..1 and ``wander`` -1..1 shade it."""
    return module.base_ms * (1.0 + 0.1 * daily + 0.08 * wander) * (1.0 + 5.0 * module.exposure * stress)
