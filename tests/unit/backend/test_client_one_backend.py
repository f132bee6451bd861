"""Whatever is asked for goes to the configured backend, and to nobody else."""

import asyncio

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from ops_dashboard.backend.client import BackendClient
from ops_dashboard.backend.errors import Redirected
from tests.unit.backend.raw_server import head, raw_server, says

BASE = "http://backend.example:8000/prefix"
ELSEWHERE = (
    "//evil.example/x",
    "http://evil.example/",
    "/\\evil.example/x",
    "/@evil.example/x",
    "/:80@evil.example/",
    "/..//evil.example/",
    "/%2f%2fevil.example",
    "/x\r\nHost: evil.example",
    "/?next=http://evil.example",
    "",
)
WRITTEN = st.sampled_from(ELSEWHERE) | st.text(max_size=40).map("/".__add__) | st.text(max_size=40)


class Asked:
    """Stands in for the network, and keeps where each request would have gone."""

    def __init__(self) -> None:
        self.urls: list[httpx.URL] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.urls.append(request.url)
        assert request.headers["host"] == "backend.example:8000"
        return httpx.Response(200, json={})


@given(path=WRITTEN)
async def test_no_path_leads_to_another_host(path: str) -> None:
    asked = Asked()
    client = BackendClient(BASE, SecretStr("token"), transport=httpx.MockTransport(asked))
    try:
        await client.get(path, auth=True)
    except (ValueError, httpx.InvalidURL):
        return  # refused before anything was sent
    finally:
        await client.aclose()
    url = asked.urls[-1]
    assert (url.scheme, url.host, url.port) == ("http", "backend.example", 8000)


async def test_a_redirect_to_another_server_is_not_followed() -> None:
    reached: list[bool] = []

    async def elsewhere(writer: asyncio.StreamWriter) -> None:
        reached.append(True)
        await says(head(), b"{}")(writer)

    async with raw_server(elsewhere) as other:
        found = f"HTTP/1.1 302 Found\r\nLocation: http://{other}/\r\nContent-Length: 0\r\n\r\n".encode()
        async with raw_server(says(found)) as backend:
            client = BackendClient(f"http://{backend}", SecretStr("token"))
            for call in (client.get, client.post):
                with pytest.raises(Redirected):
                    await call("/x", auth=True)
            await client.aclose()
    assert not reached
