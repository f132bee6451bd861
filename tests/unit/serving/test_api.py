"""The routes for machines."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.types import Receive, Scope, Send

from ops_dashboard import __version__
from ops_dashboard.domain.access import Role
from ops_dashboard.domain.series.points import Span
from ops_dashboard.serving.access_guard import ROLE
from ops_dashboard.serving.api import api_routes

PATHS = ["/healthz", "/readyz", "/api/snapshot", "/api/history?range=1h&keys=a"]


def client(
    ready: tuple[bool, str] = (True, ""),
    snapshot: Any = None,
    times: tuple[float, ...] = (),
    role: Role | None = "viewer",
) -> httpx.AsyncClient:
    clock = iter((100.0, *times))

    async def answered(keys: Sequence[str], span: Span, previous: bool) -> Any:
        return {"keys": keys, "span": span, "previous": previous}

    routes = api_routes(
        ready=lambda: ready,
        snapshot=lambda: snapshot,
        history=answered,
        clock=lambda: next(clock),
    )
    app = Starlette(routes=routes)

    async def known(scope: Scope, receive: Receive, send: Send) -> None:
        await app({**scope, ROLE: role}, receive, send)

    return httpx.AsyncClient(transport=httpx.ASGITransport(known), base_url="http://ops.example")


async def test_health_tells_version_and_uptime() -> None:
    answer = await client(times=(103.5,)).get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "version": __version__, "uptime_seconds": 3.5}


async def test_it_is_ready_after_a_successful_poll() -> None:
    answer = await client(ready=(True, "")).get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ready", "saved": True})


async def test_it_says_why_it_is_not_ready() -> None:
    answer = await client(ready=(False, "no poll has succeeded yet")).get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"status": "not ready", "reason": "no poll has succeeded yet", "saved": True}


async def test_strangers_are_not_told_why_it_is_not_ready() -> None:
    answer = await client(ready=(False, "the backend said: secret"), role=None).get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"status": "not ready", "saved": True}


async def test_the_snapshot_is_strict_json() -> None:
    @dataclass
    class Part:
        at: datetime
        value: float

    snapshot = {"part": Part(datetime(2026, 1, 2, tzinfo=UTC), math.nan), "limit": math.inf, "zero": 0}
    answer = await client(snapshot=snapshot).get("/api/snapshot")
    assert answer.headers["content-type"] == "application/json"
    assert "NaN" not in answer.text
    assert "Infinity" not in answer.text
    assert answer.json() == {"part": {"at": "2026-01-02T00:00:00Z", "value": None}, "limit": None, "zero": 0}


@pytest.mark.parametrize("path", [*PATHS, "/api/history"])
async def test_no_answer_is_kept_by_caches(path: str) -> None:
    answer = await client(snapshot={}, times=(101.0,)).get(path)
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", PATHS)
async def test_nothing_can_be_written(path: str) -> None:
    assert (await client().post(path)).status_code == 405
