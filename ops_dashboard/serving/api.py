"""The routes for machines: liveness, readiness, and the newest snapshot as JSON."""

import time
from collections.abc import Callable
from typing import Any

from pydantic_core import to_json
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ops_dashboard import __version__

_NO_STORE = {"Cache-Control": "no-store"}


def api_routes(
    ready: Callable[[], tuple[bool, str]],
    snapshot: Callable[[], Any],
    clock: Callable[[], float] = time.monotonic,
) -> list[Route]:
    """Make the routes /healthz, /readyz and /api/snapshot.

    Args:
        ready: whether a poll of the backend succeeded lately, and the reason when it did not.
        snapshot: the newest snapshot: plain data, dataclasses or pydantic models. NaN and infinities,
            which JSON does not have, become null.
        clock: monotonic seconds; the uptime counts from this call.
    """
    started = clock()

    async def healthz(_: Request) -> Response:
        return _json({"status": "ok", "version": __version__, "uptime_seconds": round(clock() - started, 3)})

    async def readyz(_: Request) -> Response:
        is_ready, reason = ready()
        if is_ready:
            return _json({"status": "ready"})
        return _json({"status": "not ready", "reason": reason}, status=503)

    async def newest_snapshot(_: Request) -> Response:
        return _json(snapshot())

    return [
        Route("/healthz", healthz),
        Route("/readyz", readyz),
        Route("/api/snapshot", newest_snapshot),
    ]


def _json(body: Any, status: int = 200) -> Response:
    content = to_json(body, inf_nan_mode="null")
    return Response(content, status, media_type="application/json", headers=_NO_STORE)
