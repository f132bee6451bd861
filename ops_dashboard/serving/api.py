"""The routes for machines: liveness, readiness, the newest snapshot and the past as JSON."""

import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ops_dashboard import __version__
from ops_dashboard.domain.access import may
from ops_dashboard.domain.series.points import SPANS, Span, is_span
from ops_dashboard.serving.access_guard import ROLE
from ops_dashboard.serving.history_file import history_file
from ops_dashboard.serving.json_answer import json_answer, refused

FORMATS = ("json", "csv")
MOST_KEYS = 50
"""Series in one answer of /api/history."""


def api_routes(
    ready: Callable[[], tuple[bool, str]],
    snapshot: Callable[[], Any],
    history: Callable[[Sequence[str], Span, bool], Awaitable[Any]],
    unsaved: Callable[[], bool] = lambda: False,
    clock: Callable[[], float] = time.monotonic,
) -> list[Route]:
    """Make the routes /healthz, /readyz, /api/snapshot and /api/history.

    Args:
        ready: whether a poll of the backend succeeded lately, and the reason when it did not.
        snapshot: the newest snapshot: plain data, dataclasses or pydantic models. NaN and infinities,
            which JSON does not have, become null.
        history: the points of the series with these keys, over a time range, and with True of the one before.
        unsaved: whether a restart would lose something.
        clock: monotonic seconds; the uptime counts from this call.
    """
    started = clock()

    async def healthz(_: Request) -> Response:
        return json_answer(
            {"status": "ok", "version": __version__, "uptime_seconds": round(clock() - started, 3)}
        )

    async def readyz(request: Request) -> Response:
        is_ready, reason = ready()
        # Without the reason, which strangers have no business with: the page and the log tell it.
        saved = {"saved": not unsaved()}
        if is_ready:
            return json_answer({"status": "ready", **saved})
        # The reason holds what the backend said, which is not for strangers.
        told = {"reason": reason} if may(request.scope.get(ROLE), "viewer") else {}
        return json_answer({"status": "not ready", **told, **saved}, status=503)

    async def newest_snapshot(_: Request) -> Response:
        return json_answer(snapshot())

    async def points(request: Request) -> Response:
        asked = request.query_params
        span, keys = asked.get("range", ""), asked.getlist("keys")
        if not is_span(span):
            return refused(f"range must be one of {', '.join(SPANS)}.")
        if not 1 <= len(keys) <= MOST_KEYS:
            return refused(f"keys must be given 1 to {MOST_KEYS} times.")
        if asked.get("format", "json") not in FORMATS:
            return refused(f"format must be one of {', '.join(FORMATS)}.")
        known = await history(keys, span, asked.get("previous") == "1")
        return history_file(known) if asked.get("format") == "csv" else json_answer(known)

    return [
        Route("/healthz", healthz),
        Route("/readyz", readyz),
        Route("/api/snapshot", newest_snapshot),
        Route("/api/history", points),
    ]
