"""``/demo/control``: reading and changing what the demo shows."""

import json
import math
from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ops_dashboard.demo.faults import Fault
from ops_dashboard.demo.orders import Order, ordered
from ops_dashboard.demo.simulation import Simulation

PATH = "/demo/control"


def control_routes(
    simulation: Simulation, changed: Callable[[Request, Order], None] = lambda *_: None
) -> list[Route]:
    """GET reads the state of the demo, POST changes it; for the demo's own port or the dashboard's.

    ``changed`` is told of each change that was made.
    """

    async def read(request: Request) -> Response:
        del request
        return JSONResponse(_state(simulation))

    async def change(request: Request) -> Response:
        # A page of another origin can only post JSON after a preflight, which is never granted.
        if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
            return _refused("the request must be JSON, with Content-Type: application/json")
        try:
            order = ordered(simulation, json.loads(await request.body()))
        except RecursionError:
            return _refused("it is nested too deeply")
        except ValueError as problem:
            return _refused(str(problem))
        _apply(simulation, order)
        changed(request, order)
        return JSONResponse(_state(simulation))

    return [Route(PATH, read, methods=["GET"]), Route(PATH, change, methods=["POST"])]


def _apply(simulation: Simulation, order: Order) -> None:
    if order.reset:
        simulation.reset()
    if order.scenario is not None:
        simulation.scenario = order.scenario
    for path in order.unset or ():
        simulation.overrides.pop(path, None)
    simulation.overrides.update(order.set or {})
    if order.fault is not None:
        simulation.faults.pop(order.fault.path, None)
        if order.fault.kind != "none":
            fault = Fault(order.fault.kind, order.fault.value, order.fault.retry_after)
            simulation.faults[order.fault.path] = fault


def _state(simulation: Simulation) -> dict[str, Any]:
    return {
        "scenario": simulation.scenario,
        "scenarios": [{"name": name, "description": text} for name, text in simulation.scenarios],
        "seed": simulation.seed,
        "started_at": simulation.started_at,
        "overrides": {path: _speakable(value) for path, value in simulation.overrides.items()},
        "faults": {
            path: {"kind": fault.kind, "value": fault.value, "retry_after": fault.retry_after}
            for path, fault in simulation.faults.items()
        },
        "calls": dict(simulation.calls),
    }


def _speakable(value: Any) -> Any:
    """NaN and the infinities by name, since this answer is strict JSON."""
    if isinstance(value, dict):
        return {key: _speakable(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_speakable(inner) for inner in value]
    return repr(value) if isinstance(value, float) and not math.isfinite(value) else value


def _refused(why: str) -> Response:
    return JSONResponse({"detail": f"Nothing was changed: {why.rstrip('.')}."}, 400)
