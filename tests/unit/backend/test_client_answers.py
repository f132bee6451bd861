"""Real answers, and the requests they answer."""

import httpx
import pytest
import respx
from pydantic import SecretStr

from ops_dashboard import __version__
from ops_dashboard.backend.client import BackendClient
from ops_dashboard.backend.errors import BadStatus
from tests.unit.backend.failing import TOKEN
from tests.unit.backend.raw_server import head, raw_server, says

HEALTH = {"status": "unhealthy", "redis": "down"}


async def test_an_answer_has_status_body_and_latency(respx_mock: respx.MockRouter) -> None:
    respx_mock.get("http://host/x").respond(json=HEALTH)
    client = BackendClient("http://host")
    answer = await client.get("/x")
    await client.aclose()
    assert (answer.status, answer.body) == (200, HEALTH)
    assert answer.latency > 0


async def test_text_is_given_where_it_is_asked_for(respx_mock: respx.MockRouter) -> None:
    respx_mock.get("http://host/metrics").respond(text="up 1\n")
    client = BackendClient("http://host")
    assert (await client.get("/metrics", text=True)).body == "up 1\n"
    await client.aclose()


@pytest.mark.parametrize("status", [400, 404, 500, 503, 599])
async def test_error_status_carries_answer_where_it_is_one(status: int, respx_mock: respx.MockRouter) -> None:
    respx_mock.get("http://host/x").respond(status, json=HEALTH)
    client = BackendClient("http://host")
    answer = await client.get("/x", is_answer=lambda body: body == HEALTH)
    assert (answer.status, answer.body) == (status, HEALTH)
    for is_answer in (None, lambda _: False):
        with pytest.raises(BadStatus):
            await client.get("/x", is_answer=is_answer)
    await client.aclose()


async def test_the_request_says_who_asks_and_for_what(respx_mock: respx.MockRouter) -> None:
    route = respx_mock.get("http://host/x").respond(json={})
    client = BackendClient("http://host")
    await client.get("/x")
    await client.aclose()
    headers = route.calls.last.request.headers
    assert headers["User-Agent"] == f"ops-dashboard/{__version__}"
    assert headers["Accept-Encoding"] == "gzip"
    assert "json" in headers["Accept"]


@pytest.mark.parametrize(
    ("token", "auth", "header"),
    [(TOKEN, True, f"Bearer {TOKEN}"), (TOKEN, False, None), (None, True, None), ("", True, None)],
)
async def test_the_token_goes_only_with_calls_that_need_it(
    token: str | None, auth: bool, header: str | None, respx_mock: respx.MockRouter
) -> None:
    route = respx_mock.get("http://host/x").respond(json={})
    client = BackendClient("http://host", None if token is None else SecretStr(token))
    await client.get("/x", auth=auth)
    await client.aclose()
    assert route.calls.last.request.headers.get("Authorization") == header


async def test_a_cookie_is_not_sent_back(respx_mock: respx.MockRouter) -> None:
    route = respx_mock.get("http://host/x").respond(json={}, headers={"Set-Cookie": "session=1; Path=/"})
    client = BackendClient("http://host")
    await client.get("/x")
    await client.get("/x")
    await client.aclose()
    assert "Cookie" not in route.calls.last.request.headers


async def test_the_proxy_of_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    async with raw_server(says(head("Content-Length: 2"), b"{}")) as at:
        client = BackendClient(f"http://{at}")
        assert (await client.get("/x")).status == 200
        await client.aclose()


async def test_another_transport_can_carry_the_calls() -> None:
    transport = httpx.MockTransport(lambda request: httpx.Response(200, json={"path": request.url.path}))
    client = BackendClient("http://inside", transport=transport)
    assert (await client.get("/x")).body == {"path": "/x"}
    await client.aclose()
