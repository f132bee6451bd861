"""The addresses people type."""

from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from ops_dashboard.serving.page_paths import PagePaths


@pytest.fixture
def client(tmp_path: Path) -> httpx.AsyncClient:
    (tmp_path / "ops").mkdir()
    (tmp_path / "ops" / "index.html").write_text("the page", encoding="utf-8")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "index.html").write_text("other", encoding="utf-8")
    files = Starlette(routes=[Mount("/", StaticFiles(directory=tmp_path, html=True))])
    app = httpx.ASGITransport(PagePaths(files, pages=["/ops"]))
    return httpx.AsyncClient(transport=app, base_url="http://ops.example")


@pytest.mark.parametrize("path", ["/ops", "/ops/", "/ops?status=down"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
async def test_the_page_is_served_without_a_redirect(
    client: httpx.AsyncClient, method: str, path: str
) -> None:
    answer = await client.request(method, path)
    assert answer.status_code == 200
    assert answer.headers["content-length"] == "8"


@pytest.mark.parametrize(("path", "target"), [("/", "ops"), ("/?a=1&b=%20", "ops?a=1&b=%20")])
async def test_the_root_leads_to_the_page_by_a_relative_address(
    client: httpx.AsyncClient, path: str, target: str
) -> None:
    answer = await client.get(path)
    assert answer.status_code == 307
    assert answer.headers["location"] == target


@pytest.mark.parametrize("path", ["/nope", "/opsx", "/ops/nope"])
async def test_an_unknown_path_is_not_found(client: httpx.AsyncClient, path: str) -> None:
    assert (await client.get(path)).status_code == 404
