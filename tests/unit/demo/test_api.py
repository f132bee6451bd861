"""The application around the calls: description, token, errors."""

import re

import httpx
import pytest
from starlette.routing import Route

from ops_dashboard.demo.api import api_routes, demo_app
from ops_dashboard.demo.control import control_routes
from ops_dashboard.demo.simulation import Simulation
from tests.unit.demo.conftest import Demo

PUBLIC = {
    "/health",
    "/api/monitoring/health",
    "/api/monitoring/health/ml",
    "/api/monitoring/health/module/{module_name}",
    "/openapi.json",
}


def offered(routes: list[Route]) -> set[tuple[str, str]]:
    return {
        (method, re.sub(r":\w+}", "}", route.path))
        for route in routes
        for method in (route.methods or set()) - {"HEAD"}
    }


async def test_the_description_lists_exactly_the_routes(demo: Demo) -> None:
    paths = (await demo.body("/openapi.json"))["paths"]
    described = {(method.upper(), path) for path, methods in paths.items() for method in methods}
    assert described == offered(api_routes(demo.simulation))
    assert ("POST", "/api/v1/ingestion/jobs/{job_id}/cancel") in described


async def test_the_description_says_which_calls_need_a_token(demo: Demo) -> None:
    paths = (await demo.body("/openapi.json"))["paths"]
    assert {path for path, methods in paths.items() for m in methods.values() if not m["security"]} == PUBLIC


def test_the_control_stands_apart_from_the_contract() -> None:
    simulation = Simulation()
    assert offered(control_routes(simulation)) == {("GET", "/demo/control"), ("POST", "/demo/control")}


@pytest.mark.parametrize(
    ("header", "status", "detail"),
    [
        (None, 401, "Not authenticated"),
        ("Basic abc", 401, "Not authenticated"),
        ("Bearer wrong", 401, "Invalid authentication token"),
        ("Bearer s3cret", 200, None),
    ],
)
@pytest.mark.parametrize("path", ["/api/monitoring/performance", "/metrics"])
async def test_a_token_is_asked_for_where_it_is_needed(
    path: str, header: str | None, status: int, detail: str | None
) -> None:
    transport = httpx.ASGITransport(demo_app(token="s3cret"))
    async with httpx.AsyncClient(transport=transport, base_url="http://demo") as client:
        answer = await client.get(path, headers={"Authorization": header} if header else {})
        assert answer.status_code == status
        if detail is not None:
            assert answer.json() == {"detail": detail}
            assert answer.headers["www-authenticate"] == "Bearer"
        assert (await client.get("/api/monitoring/health")).status_code == 200


async def test_unknown_paths_and_methods_are_refused_in_json(demo: Demo) -> None:
    missing = await demo.get("/api/monitoring/nothing")
    assert (missing.status_code, missing.json()) == (404, {"detail": "Not Found"})
    assert (await demo.client.post("/api/monitoring/health")).status_code == 405


def test_an_unknown_scenario_does_not_start() -> None:
    with pytest.raises(ValueError, match="There is no scenario"):
        demo_app(scenario="nirvana")
