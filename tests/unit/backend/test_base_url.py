"""The address of the backend, and how paths are joined to it."""

import httpx
import pytest
import respx

from ops_dashboard.backend.base_url import endpoint, parse_base_url
from ops_dashboard.backend.client import BackendClient


@pytest.mark.parametrize("base", ["https://host/prefix", "https://host/prefix/", " https://host/prefix/ "])
async def test_a_base_path_stays_in_front_of_every_path(base: str, respx_mock: respx.MockRouter) -> None:
    route = respx_mock.get("https://host/prefix/api/x").respond(json={})
    client = BackendClient(base)
    await client.get("/api/x")
    await client.aclose()
    assert route.called


async def test_an_encoded_path_arrives_as_it_was_encoded(respx_mock: respx.MockRouter) -> None:
    route = respx_mock.get(host="host").respond(json={})
    client = BackendClient("http://host")
    await client.get("/ingest/github.com%2Fowner%2Frepo", params={"limit": "100"})
    await client.aclose()
    assert route.calls.last.request.url.raw_path == b"/ingest/github.com%2Fowner%2Frepo?limit=100"


@pytest.mark.parametrize("path", ["http://elsewhere/x", "//elsewhere/x", "x", ""])
async def test_it_refuses_a_path_that_could_lead_elsewhere(path: str) -> None:
    client = BackendClient("http://host")
    with pytest.raises(ValueError, match="begins with one"):
        await client.get(path)
    await client.aclose()


@pytest.mark.parametrize(
    "url",
    [
        "",
        "host:8000",
        "ftp://host",
        "http://",
        "/path",
        "http://host:port",
        "http://host:99999",
        "http://host:0",
        "file:///etc/passwd",
        "http://[::1",
        "http://host/?a=1",
        "http://host/#a",
        "http://us\x00er",
    ],
)
def test_it_refuses_what_is_no_address_of_a_host(url: str) -> None:
    with pytest.raises(ValueError, match="the backend URL must"):
        parse_base_url(url)


def test_it_refuses_a_password_without_repeating_it() -> None:
    with pytest.raises(ValueError, match="must not hold") as refused:
        parse_base_url("http://admin:hunter2@host")
    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("http://host/a", "host"),
        ("http://host:8000", "host:8000"),
        ("https://host:443", "host"),
        ("http://[::1]:8000", "[::1]:8000"),
    ],
)
def test_the_endpoint_is_host_and_port(url: str, shown: str) -> None:
    assert endpoint(httpx.URL(url)) == shown
