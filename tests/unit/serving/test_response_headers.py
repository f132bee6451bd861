"""Caching and security headers."""

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ops_dashboard.serving.response_headers import ResponseHeaders


async def answer(request: Request) -> Response:
    status = int(request.query_params.get("status", "200"))
    own = request.query_params.get("cache")
    return Response(b"x", status, headers={"Cache-Control": own} if own else None)


POLICY = "default-src 'none'"

app = ResponseHeaders(Starlette(routes=[Route("/{path:path}", answer)]), policy=POLICY)


async def headers_of(url: str, scheme: str = "http") -> httpx.Headers:
    base = f"{scheme}://ops.example"
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=base) as client:
        return (await client.get(url)).headers


@pytest.mark.parametrize("path", ["/ops", "/assets/a.js", "/nope?status=404"])
async def test_every_answer_carries_the_security_headers(path: str) -> None:
    headers = await headers_of(path)
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["content-security-policy"] == POLICY
    assert "camera=()" in headers["permissions-policy"]


async def test_tls_is_asked_for_from_then_on_where_there_is_tls() -> None:
    assert (await headers_of("/ops", "https"))["strict-transport-security"] == "max-age=31536000"
    assert "strict-transport-security" not in await headers_of("/ops")


@pytest.mark.parametrize("status", [200, 206, 304])
async def test_an_asset_is_kept_for_a_year(status: int) -> None:
    cached = (await headers_of(f"/assets/a-1b2c3d.js?status={status}"))["cache-control"]
    assert cached == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("path", ["/", "/ops", "/favicon.svg", "/assets/gone.js?status=404"])
async def test_anything_else_is_asked_for_again(path: str) -> None:
    assert (await headers_of(path))["cache-control"] == "no-cache"


async def test_what_a_route_says_about_caching_stands() -> None:
    assert (await headers_of("/api?cache=no-store"))["cache-control"] == "no-store"
