"""The demo backend as an ASGI application."""

import hmac
import json
import re
import time
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ops_dashboard.demo.asked import Asked, Refusal, Text, invalid
from ops_dashboard.demo.calls import CALLS, Call
from ops_dashboard.demo.control import control_routes
from ops_dashboard.demo.faults import BrokenConnection
from ops_dashboard.demo.hostile.verbatim import written
from ops_dashboard.demo.shaping import ranged_fault, shaped
from ops_dashboard.demo.simulation import Simulation

_HALVES = re.compile("[\ud800-\udfff]")
Endpoint = Callable[[Request], Awaitable[Response]]


class LooseJSON(JSONResponse):
    """JSON as careless backends write it: NaN, Infinity and half characters are let through."""

    def render(self, content: Any) -> bytes:
        """The content in compact form."""
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        return written(_HALVES.sub(lambda found: f"\\u{ord(found[0]):04x}", text).encode())


def demo_app(
    *,
    seed: int = 7,
    scenario: str = "lively",
    clock: Callable[[], float] = time.time,
    speed: float = 1.0,
    token: str | None = None,
) -> Starlette:
    """A backend that speaks the whole contract, from a seeded simulation in ``app.state.simulation``.

    With ``token`` every call that is not public wants it as a bearer token. ``/demo/control`` is part of it.
    Called in-process (without a socket), faults that break the connection raise ConnectionResetError.
    Raises ValueError when ``scenario`` is unknown.
    """
    simulation = Simulation(seed=seed, scenario=scenario, clock=clock, speed=speed)
    app = Starlette(
        routes=[*api_routes(simulation, token), *control_routes(simulation)],
        exception_handlers={HTTPException: _plain_error},
    )
    app.state.simulation = simulation
    return app


def api_routes(simulation: Simulation, token: str | None = None) -> list[Route]:
    """The routes of the contract, without the control."""
    return [Route(call.path, _endpoint(call, simulation, token), methods=[call.method]) for call in CALLS]


def _endpoint(call: Call, simulation: Simulation, token: str | None) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        simulation.calls[request.scope["path"]] += 1
        if not simulation.timeline.current.scenario.reachable:
            return BrokenConnection()
        fault = simulation.fault(request.scope["path"]) or ranged_fault(
            simulation, call.name, request.query_params.get("time_range", "")
        )
        if fault is not None and (broken := await fault.before()) is not None:
            return broken
        try:
            if token is not None and not call.public:
                _authorize(request, token)
            answer = _render(call, simulation, await _asked(request))
        except Refusal as refusal:
            answer = LooseJSON({"detail": refusal.detail}, refusal.status, refusal.headers)
        return answer if fault is None else fault.after(answer)

    return endpoint


def _authorize(request: Request, token: str) -> None:
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not given:
        raise Refusal(401, "Not authenticated", {"WWW-Authenticate": "Bearer"})
    if not hmac.compare_digest(given.encode(), token.encode()):
        raise Refusal(401, "Invalid authentication token", {"WWW-Authenticate": "Bearer"})


async def _asked(request: Request) -> Asked:
    raw = await request.body()
    try:
        body = json.loads(raw) if raw.strip() else None
    except (ValueError, RecursionError):
        raise invalid(("body",), "JSON decode error", raw[:80].decode(errors="replace")) from None
    return Asked(request.path_params, request.query_params, body)


def _render(call: Call, simulation: Simulation, asked: Asked) -> Response:
    body = call.answers(simulation, asked)
    if isinstance(body, Text):
        return Response(body.content, media_type=body.media_type)
    return LooseJSON(shaped(simulation, call.name, body), call.status)


async def _plain_error(request: Request, error: Exception) -> Response:
    del request
    if not isinstance(
        error, HTTPException
    ):  # Starlette's type for handlers is wider than what it calls them with
        raise error
    return JSONResponse({"detail": error.detail}, error.status_code, error.headers)
