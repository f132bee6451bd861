"""Paths that lead to the place of another one are refused before any guard judges them."""

import pytest
from starlette.types import Scope

from ops_dashboard.serving.path_guard import PathGuard, is_normal
from tests.unit.serving.guarded import sent


@pytest.mark.parametrize(
    "path", ["/", "/ops", "/ops/", "/assets/a-b_c.js", "/api/tables/x", "/_event/", "/é"]
)
def test_a_plain_path_is_normal(path: str) -> None:
    assert is_normal(path)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "*",
        "ops",
        "http://evil.example/ops",
        "//ops",
        "///",
        "/assets/../ops/index.html",
        "/assets/./a.js",
        "/assets//a.js",
        "/assets/..",
        "/..",
        "/assets/%2e%2e/ops/index.html",
        "/assets/..%2fops",
        "/assets\\..\\ops",
        "/a\nb",
        "/a\x00",
        "/a\u202eb",
        "/a\x7f",
    ],
)
async def test_a_path_that_changes_when_normalised_is_refused(path: str) -> None:
    assert not is_normal(path)
    scope: Scope = {"type": "http", "path": path, "method": "GET", "headers": []}
    assert (await sent(PathGuard, scope))[0]["status"] == 400
    assert (await sent(PathGuard, {**scope, "type": "websocket"}))[0]["type"] == "websocket.close"
