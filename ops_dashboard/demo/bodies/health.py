"""Health: of the whole, of each module, of the models."""

from typing import Any

from ops_dashboard.demo.asked import Asked, Refusal
from ops_dashboard.demo.modules import MODULES
from ops_dashboard.demo.moments import iso
from ops_dashboard.demo.shaping import shaped
from ops_dashboard.demo.simulation import Simulation

_WORST_FIRST = ("down", "degraded", "healthy")
_SAYINGS = {
    "healthy": "Operating normally",
    "degraded": "Responding slowly",
    "down": "Most requests fail",
}


def root_health(simulation: Simulation, asked: Asked) -> dict[str, Any]:
    """Whether the process lives."""
    del simulation, asked
    return {"status": "healthy", "service": "ops-dashboard-demo"}


def health(simulation: Simulation, asked: Asked) -> dict[str, Any]:
    """All modules; the whole is as bad as the worst of them."""
    del asked
    now = simulation.readings(simulation.now)
    modules = {
        name: {
            "status": now.module_status(name),
            "response_time_ms": round(now.module_response_ms(name), 2),
            "error_count": now.module_errors(name),
        }
        for name in MODULES
    }
    statuses = {module["status"] for module in modules.values()}
    return {
        "status": next(status for status in _WORST_FIRST if status in statuses),
        "timestamp": iso(simulation.now),
        "modules": modules,
    }


def module_health(simulation: Simulation, asked: Asked) -> dict[str, Any]:
    """One module, as the health call reports it. Raises Refusal 404 for a module it does not report."""
    name = asked.path["module_name"]
    modules = shaped(simulation, "health", health(simulation, Asked())).get("modules")
    if not isinstance(modules, dict) or name not in modules:
        raise Refusal(404, f"Module {name[:80]!r} is not registered")
    module = modules[name] if isinstance(modules[name], dict) else {}
    return {
        "module": name,
        "status": module.get("status"),
        "response_time_ms": module.get("response_time_ms"),
        "error_count": module.get("error_count"),
        "message": _SAYINGS.get(str(module.get("status")), "No health check registered"),
        "last_check": iso(simulation.now - simulation.now % 5.0),
        "timestamp": iso(simulation.now),
    }
