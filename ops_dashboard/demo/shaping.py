"""The last hand on a body: the scenario's, then the operator's."""

from typing import Any

from ops_dashboard.demo.empty import EMPTY
from ops_dashboard.demo.hostile import HOSTILE
from ops_dashboard.demo.simulation import Simulation


def shaped(simulation: Simulation, call: str, body: Any) -> Any:
    """``body`` of ``call`` as it is sent: empty or spoilt if the scenario says so, with overrides on top."""
    kind = simulation.timeline.current.scenario.bodies
    if kind == "empty" and call in EMPTY and isinstance(body, dict):
        body = {**body, **EMPTY[call]}
    elif kind == "hostile" and call in HOSTILE:
        body = HOSTILE[call](body)
    return simulation.overridden(call, body)
