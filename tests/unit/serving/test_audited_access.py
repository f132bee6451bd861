"""Who comes in, goes, or is refused over HTTP is in the audit; a token never is."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from ops_dashboard.access.door import Door
from ops_dashboard.demo.control import control_routes
from ops_dashboard.demo.simulation import Simulation
from ops_dashboard.domain.audit import AuditEntry
from ops_dashboard.serving.access_guard import AccessGuard
from ops_dashboard.serving.demo_audit import demo_audit
from ops_dashboard.serving.login import login_routes
from ops_dashboard.serving.site import ROOT
from ops_dashboard.settings import Settings
from tests.logging_in import OPERATOR_TOKEN, VIEWER_TOKEN
from tests.unit.access.clock import Clock

NOW = 1_800_000_000.0
CLIENT = "192.0.2.7"


class Site:
    """Login, a route for operators and the demo's control, behind the guard."""

    def __init__(self, tmp_path: Path) -> None:
        tokens = {"operator_token": OPERATOR_TOKEN, "viewer_token": VIEWER_TOKEN}
        door = Door(Settings(data_dir=tmp_path, **tokens), Clock())  # pyright: ignore[reportArgumentType]
        self.rows: list[AuditEntry] = []

        async def read(_: Request) -> Response:
            return PlainTextResponse("the audit")

        routes = [
            *login_routes(door, ROOT / "assets" / "tokens.css", ["/ops"], lambda: NOW, self.rows.append),
            *control_routes(Simulation(), demo_audit(door, lambda: NOW, self.rows.append)),
            Route("/api/audit", read),
        ]
        self._app = AccessGuard(Starlette(routes=routes), door, ["/ops"], lambda: NOW, self.rows.append)

    @asynccontextmanager
    async def client(self, token: str = "", name: str = "") -> AsyncIterator[httpx.AsyncClient]:
        """A browser, which logs in first if it has a token."""
        transport = httpx.ASGITransport(self._app, client=(CLIENT, 5))
        async with httpx.AsyncClient(transport=transport, base_url="http://ops.example") as client:
            if token:
                assert (await client.post("/login", data={"token": token, "name": name})).status_code == 303
            yield client

    def told(self) -> list[tuple[str, str, str, str, str]]:
        """The rows so far, without their moment."""
        assert {row.at for row in self.rows} <= {NOW}
        return [(row.by, row.action, row.target, row.outcome, row.sentence) for row in self.rows]


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


async def test_who_logs_in_and_out_is_told_with_the_address(site: Site) -> None:
    async with site.client(OPERATOR_TOKEN, "Ada") as client:
        for _ in range(2):
            await client.post("/logout")
    async with site.client(VIEWER_TOKEN) as client:
        await client.post("/logout")
    assert site.told() == [
        ("Ada", "log_in", "", "done", f"As operator, from {CLIENT}."),
        ("Ada", "log_out", "", "done", f"From {CLIENT}."),
        ("a viewer", "log_in", "", "done", f"As viewer, from {CLIENT}."),
        ("a viewer", "log_out", "", "done", f"From {CLIENT}."),
    ]


async def test_a_token_that_is_not_accepted_is_told_and_not_shown(site: Site) -> None:
    async with site.client() as client:
        data = {"token": "a guess", "name": "Ada"}
        assert (await client.post("/login", data=data)).status_code == 401
        headers = {"Authorization": "Bearer a guess"}
        assert (await client.get("/api/snapshot", headers=headers)).status_code == 401
    refused = (f"somebody at {CLIENT}", "", "refused", "The token was not accepted.")
    assert site.told() == [
        (refused[0], "log_in", *refused[1:]),
        (refused[0], "use_token", *refused[1:]),
    ]
    assert "guess" not in repr(site.rows)


async def test_while_one_has_to_wait_nothing_is_looked_at_and_nothing_told(site: Site) -> None:
    async with site.client() as client:
        answers = [(await client.post("/login", data={"token": "a guess"})).status_code for _ in range(50)]
    assert answers.count(429) > 40
    assert len(site.rows) == answers.count(401)


@pytest.mark.parametrize("path", ["/api/audit", "/api/audit?format=csv", "/api/audit/", "/api/audit%0A"])
async def test_only_operators_read_the_audit(site: Site, path: str) -> None:
    async with site.client() as client:
        assert (await client.get(path)).status_code == 401
    async with site.client(VIEWER_TOKEN, "Vi") as client:
        assert (await client.get(path)).status_code == 403
    by, action, target, outcome, sentence = site.told()[-1]
    assert (by, action, outcome) == ("Vi", "not_allowed", "refused")
    assert target.startswith("GET /api/audit")
    assert sentence == f"This needs the role operator. Asked from {CLIENT}."
    for headers, status in ((VIEWER_TOKEN, 403), (OPERATOR_TOKEN, 200)):
        async with site.client() as client:
            answer = await client.get("/api/audit", headers={"Authorization": f"Bearer {headers}"})
            assert answer.status_code == status


async def test_a_changed_demo_says_what_was_changed_and_a_refused_order_nothing(site: Site) -> None:
    async with site.client(OPERATOR_TOKEN, "Ada") as client:
        for order in (
            {"scenario": "incident"},
            {"reset": True, "set": {"performance.error_rate": 9.0}},
            {"fault": {"path": "*", "kind": "status", "value": 503}},
        ):
            assert (await client.post("/demo/control", json=order)).status_code == 200
        assert (await client.post("/demo/control", json={"scenario": "no such"})).status_code == 400
    place = f"Asked from {CLIENT}."
    assert site.told()[1:] == [
        ("Ada", "demo_scenario", "incident", "done", f"scenario incident. {place}"),
        ("Ada", "demo_control", "", "done", f"reset; set: performance.error_rate. {place}"),
        ("Ada", "demo_control", "", "done", f"fault status at *. {place}"),
    ]


async def test_a_viewer_who_changes_the_demo_is_refused_and_told(site: Site) -> None:
    async with site.client(VIEWER_TOKEN, "Vi") as client:
        assert (await client.post("/demo/control", json={"reset": True})).status_code == 403
    assert site.told()[-1][:4] == ("Vi", "not_allowed", "POST /demo/control", "refused")
