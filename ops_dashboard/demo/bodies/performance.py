"""Performance as the callers feel it."""

from typing import Any

from ops_dashboard.demo.asked import Asked
from ops_dashboard.demo.moments import iso
from ops_dashboard.demo.simulation import Simulation


def performance(simulation: Simulation, asked: Asked) -> dict[str, Any]:
    """Response times in ms, requests per second, errors in percent, uptime in seconds."""
    del asked
    now = simulation.readings(simulation.now)
    return {
        "timestamp": iso(simulation.now),
        "api_response_time": now.response.percentiles(),
        "request_rate": round(now.request_rate, 3),
        "error_rate": round(now.error_rate, 3),
        "uptime_seconds": round(simulation.now - simulation.running_since, 1),
    }
